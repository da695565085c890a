import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import {
  changedVenueSchema,
  newVenueSchema,
  venuePageSchema,
  venueQuerySchema,
  venueSchema,
} from '#shared/contract/central/people/venues.ts';
import { ok } from '#shared/kernel/result.ts';
import { registerCatalogue } from '../../api/catalogue.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { insertVenue, updateVenue, type VenueRow, venueOf, venuesOf } from './repository.ts';

/** The places where an organisation sells. */
export function registerVenues(routes: TypedApp, central: Central): void {
  registerCatalogue(routes, central, {
    area: 'venues',
    noun: 'venue',
    urls: { all: PEOPLE_ROUTES.venues, one: PEOPLE_ROUTES.venue },
    writers: ['admin'],
    schemas: {
      item: venueSchema,
      page: venuePageSchema,
      query: venueQuerySchema,
      changed: changedVenueSchema,
    },
    table: 'venues',
    rows: (organisationId, { isActive }) => venuesOf(organisationId, isActive),
    key: [
      { column: 'name', type: 'text' },
      { column: 'id', type: 'uuid' },
    ],
    itemOf: (row: VenueRow) => venueOf(row),
    adding: {
      schema: newVenueSchema,
      add: async (...venue) => ok(await insertVenue(...venue)),
    },
    change: async (transaction, id, body, author) =>
      ok(await updateVenue(transaction, id, body, author)),
  });
}
