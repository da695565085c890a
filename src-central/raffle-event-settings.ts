/** What `raffle_events.configuration` and `ticket_allocation` hold: what people gave, as they gave it. */
export {
  type NumberPlan,
  numberPlanSchema,
  type RaffleEventConfiguration,
  raffleEventConfigurationSchema,
} from '#shared/contract/central/people/raffle-events.ts';
