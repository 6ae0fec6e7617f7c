// Every failure of the API is a code of docs/errors.md and one sentence; nothing internal gets out.
import type { FastifyError, FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Log } from '../../core/clock.ts';
import { type ErrorCode, type FieldFault, SundewError } from '../../core/error.ts';

const STATUS: Partial<Record<ErrorCode, number>> = {
  INPUT_INVALID: 400,
  CAPTURE_INVALID: 400,
  CONFIG_INVALID: 400,
  SUBSCRIBER_INVALID: 400,
  SUBSCRIBER_REFUSED: 400,
  NOT_ALLOWED: 403,
  NOT_FOUND: 404,
  SUBSCRIBER_UNKNOWN: 404,
  THREAT_UNKNOWN: 404,
  DECOY_UNKNOWN: 404,
  DECOY_EXISTS: 409,
  THREAT_CONFLICT: 409,
  RETRACTION_CONFLICT: 409,
  STORE_UNAVAILABLE: 503,
  STORE_FULL: 507,
  JOURNAL_UNWRITABLE: 503,
};

const MAX_FIELDS = 100;

const body = (code: string, message: string, fields: readonly FieldFault[] = []) => ({
  error: { code, message, ...(fields.length === 0 ? {} : { fields: fields.slice(0, MAX_FIELDS) }) },
});

export function installErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (hasZodFastifySchemaValidationErrors(error)) {
      const first = error.validation[0];
      const where =
        first?.instancePath.replaceAll('/', '.').replace(/^[.]/, '') || error.validationContext || 'request';
      return reply
        .code(400)
        .send(
          body('INPUT_INVALID', `${where}: ${first?.message ?? 'does not have the documented form'}`, faultsOf(error)),
        );
    }
    if (error instanceof SundewError) {
      const status = STATUS[error.code] ?? 502;
      if (status >= 500)
        log.error({ err: error.message, code: error.code, url: request.routeOptions.url }, 'request failed');
      return reply.code(status).send(body(error.code, error.message, error.fields));
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send(body('INPUT_INVALID', error.message));
    log.error({ err: error.stack ?? error.message, url: request.routeOptions.url }, 'request failed');
    return reply.code(500).send(body('INTERNAL', 'something went wrong here; the log of the server says what'));
  });
}

/** Each place of a body that its schema refused. */
function faultsOf({ validation = [], validationContext }: FastifyError): readonly FieldFault[] {
  if (validationContext !== 'body') return [];
  return validation.map(({ instancePath, message }) => ({
    at: instancePath.replaceAll('/', '.').replace(/^[.]/, ''),
    message: message ?? 'does not have the documented form',
  }));
}
