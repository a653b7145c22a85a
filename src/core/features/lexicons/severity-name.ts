import { z } from 'zod';

import { severities } from './model.ts';

export const SeverityName = z.enum(severities);
