import { z } from 'zod';

import { Label, NoInput, Note } from '../../../contract/common.ts';
import {
  Milliseconds,
  UserId,
  WorkflowTemplateId,
  WorkflowTemplateVersionId,
} from '../../../contract/ids.ts';
import { procedure } from '../../../contract/procedure.ts';
import { channels, materialTypes, risks } from '../material/model.ts';
import {
  copyConditions,
  decidingRoles,
  maxStages,
  questionKinds,
  stageKinds,
  stageModes,
  templateProblems,
} from './model.ts';

const People = z.object({
  users: z.array(UserId).max(200).default([]),
  roles: z.array(z.enum(decidingRoles)).default([]),
});

export const StageQuestion = z.object({
  key: z.string().trim().min(1).max(40),
  text: Label,
  kind: z.enum(questionKinds),
  required: z.boolean().default(true),
  /** The one answer with which the stage may be approved (`yes` or `no`), or null: any. */
  accepted: z.enum(['yes', 'no']).nullable().default(null),
});
export type StageQuestion = z.output<typeof StageQuestion>;

export const TemplateStage = z.object({
  key: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: Label,
  kind: z.enum(stageKinds),
  assignees: People.extend({
    /** `material`: of those who hold the roles, only the people of the material's branch. */
    branch: z.enum(['material', 'any']).default('any'),
  }),
  mode: z.enum(stageModes),
  /** How many must approve where the mode is `quorum`. */
  quorum: z.number().int().min(1).max(200).default(1),
  /** Working hours from the stage's opening; null: no deadline. */
  deadlineHours: z.number().positive().max(2_000).nullable().default(null),
  /** Working hours before the deadline; null: no reminder. */
  remindHours: z.number().positive().max(2_000).nullable().default(null),
  /** Who is told when the deadline has passed, besides those who are asked. */
  escalateTo: People.prefault({}),
  questions: z.array(StageQuestion).max(30).default([]),
  /** Whether somebody who approved in an earlier stage can't here. */
  distinct: z.boolean().default(false),
  /** What may have changed for approvals to hold for the next version. */
  copyCondition: z.enum(copyConditions).default('never'),
});
export type TemplateStage = z.output<typeof TemplateStage>;

export const TemplateContent = z.object({
  name: Label,
  description: Note.default(''),
  /** An empty list: any. */
  appliesTo: z
    .object({
      types: z.array(z.enum(materialTypes)).default([]),
      channels: z.array(z.enum(channels)).default([]),
      branches: z.array(z.string().trim().min(1).max(200)).max(500).default([]),
      risks: z.array(z.enum(risks)).default([]),
    })
    .prefault({}),
  stages: z.array(TemplateStage).max(maxStages),
  /** How long an approval holds. */
  validityMonths: z.number().int().min(1).max(120),
});
export type TemplateContent = z.output<typeof TemplateContent>;

export const TemplateProblem = z.object({
  kind: z.enum(templateProblems),
  stage: z.number().int().nullable(),
});

export const TemplateVersionView = z.object({
  id: WorkflowTemplateVersionId,
  templateId: WorkflowTemplateId,
  number: z.number().int(),
  content: TemplateContent,
  contentHash: z.string(),
  publishedAt: Milliseconds,
  publishedBy: z.string(),
});
export type TemplateVersionView = z.output<typeof TemplateVersionView>;

export const TemplateView = z.object({
  id: WorkflowTemplateId,
  number: z.number().int(),
  active: z.boolean(),
  published: TemplateVersionView.nullable(),
  /** What is being written; null where nothing differs from what is published. */
  draft: TemplateContent.nullable(),
  /** What keeps the draft from being published. */
  problems: z.array(TemplateProblem),
  runningReviews: z.number().int(),
  updatedAt: Milliseconds,
});
export type TemplateView = z.output<typeof TemplateView>;

export const templatesContract = {
  'templates.list': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: NoInput,
    output: z.array(TemplateView),
  }),
  /** Every published version, newest first. */
  'templates.versions': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ id: WorkflowTemplateId }),
    output: z.array(TemplateVersionView),
  }),
  /** The published template that a material would take; null where none applies. */
  'templates.choose': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({
      type: z.enum(materialTypes),
      channels: z.array(z.enum(channels)).default([]),
      branch: z.string().default(''),
      risk: z.enum(risks),
    }),
    output: TemplateVersionView.nullable(),
  }),
  'templates.create': procedure({
    kind: 'mutation',
    permission: 'reviews:manage',
    input: z.object({ content: TemplateContent }),
    output: TemplateView,
  }),
  /** Keeps a draft beside what is published; one that has problems is kept too. */
  'templates.saveDraft': procedure({
    kind: 'mutation',
    permission: 'reviews:manage',
    input: z.object({ id: WorkflowTemplateId, content: TemplateContent, expectedUpdatedAt: Milliseconds }),
    output: TemplateView,
  }),
  'templates.discardDraft': procedure({
    kind: 'mutation',
    permission: 'reviews:manage',
    input: z.object({ id: WorkflowTemplateId }),
    output: TemplateView,
  }),
  /** Makes the draft the version that new reviews take; running ones keep theirs. Refused with `template-invalid` where it has problems. */
  'templates.publish': procedure({
    kind: 'mutation',
    permission: 'reviews:manage',
    input: z.object({ id: WorkflowTemplateId, expectedUpdatedAt: Milliseconds }),
    output: TemplateView,
  }),
  /** Whether new reviews may take it. */
  'templates.setActive': procedure({
    kind: 'mutation',
    permission: 'reviews:manage',
    input: z.object({ id: WorkflowTemplateId, active: z.boolean() }),
    output: TemplateView,
  }),
  /** Adds and publishes the templates that ship with the app, those whose name is not there yet. */
  'templates.addStarters': procedure({
    kind: 'mutation',
    permission: 'reviews:manage',
    input: NoInput,
    output: z.array(TemplateView),
  }),
};
