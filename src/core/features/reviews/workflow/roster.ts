import type { UserId } from '../../../contract/ids.ts';
import type { TemplateStage } from '../templates/contract.ts';
import type { Decider } from './repository.ts';

/**
 * Who is asked in a stage that opens: those it names, and those who hold its roles, of the material's branch where it asks for
 * these. Only people who are active and may decide.
 */
export function rosterFor(
  assignees: TemplateStage['assignees'],
  deciders: readonly Decider[],
  branch: string,
): readonly UserId[] {
  const { users, roles } = assignees;
  return deciders
    .filter(
      (person) =>
        users.includes(person.id) ||
        (roles.some((role) => person.roles.includes(role)) &&
          (assignees.branch === 'any' || person.branch === branch)),
    )
    .map(({ id }) => id);
}

/** Who is told when a stage's deadline has passed. */
export function escalationOf(
  escalateTo: TemplateStage['escalateTo'],
  deciders: readonly Decider[],
): readonly UserId[] {
  return rosterFor({ ...escalateTo, branch: 'any' }, deciders, '');
}
