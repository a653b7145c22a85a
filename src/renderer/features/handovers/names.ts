import { nameIn } from '../../../core/features/handovers/model.ts';
import { withVisibleMarks } from '../../components/invisible.ts';

/** An employee as the procedures of handovers name them; the name is empty while no feed gave one. */
interface NamedEmployee {
  readonly userid: string;
  readonly name: string;
  readonly branch?: string;
}

/** The name, or the userid while only that is known; what can't be seen in it is shown. */
export function employeeName({ userid, name }: NamedEmployee): string {
  return withVisibleMarks(name === '' ? userid : name);
}

/** `周明远 · 城南支行` */
export function employeeWithBranch(employee: NamedEmployee): string {
  const { branch = '' } = employee;
  return branch === '' ? employeeName(employee) : `${employeeName(employee)} · ${withVisibleMarks(branch)}`;
}

/** A userid's name from an answer's own list of names. */
export function nameOf(names: Readonly<Record<string, string>>, userid: string): string {
  return employeeName({ userid, name: nameIn(names, userid) });
}
