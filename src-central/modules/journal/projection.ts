/** Rows for `orders`, as they are written. */
export interface OrderRow {
  readonly id: string;
  readonly validation_number: string;
  readonly event_id: string;
  readonly package_id: string;
  readonly rsu_id: string;
  readonly rsu_allocation_id: string;
  readonly total_amount: number;
  readonly currency: string;
  readonly payment_status: string;
  readonly ticket_count: number;
  readonly operator_id: string | null;
  readonly is_offline_sale: boolean;
  readonly offline_created_at: string | null;
  readonly checkout_id: string;
  readonly shift_id: string | null;
  /** Null for what was bought online: no till’s journal has it. */
  readonly chain_id: string | null;
  readonly journal_seq: number | null;
  readonly issued_at: string;
  readonly clock_offset_ms: number | null;
  readonly flags: readonly string[];
  readonly source: 'rsu' | 'online';
  readonly payment_reference: string | null;
  readonly customer_info: object | null;
}

/** Draw numbers from `first` to `last` of one order, all in play. */
export interface TicketRun {
  readonly order_id: string;
  readonly event_id: string;
  readonly first: number;
  readonly last: number;
  readonly sold_at: string;
  readonly sold_by: string | null;
}

export interface OrderAllocationRow {
  readonly order_id: string;
  readonly rsu_allocation_id: string;
  readonly start_index: number;
  readonly end_index: number;
}

export interface PaymentRow {
  readonly id: string;
  readonly checkout_id: string;
  readonly rsu_id: string;
  readonly tender: string;
  readonly status: string;
  readonly amount: number;
  readonly tendered: number;
  readonly change_given: number;
  readonly currency: string;
  readonly paid_at: string;
  readonly reference: string | null;
}

export interface OrderPaymentRow {
  readonly order_id: string;
  readonly payment_id: string;
  readonly amount: number;
}

export interface PrintJobRow {
  readonly id: string;
  readonly order_id: string;
  readonly rsu_id: string;
  readonly copy_number: number;
  readonly reason: string | null;
  readonly approved_by: string | null;
}

export interface PrintLogRow {
  readonly print_job_id: string;
  readonly step: 'started' | 'finished' | 'answered';
  readonly detail: unknown;
  readonly operator_id: string | null;
  readonly chain_id: string;
  readonly seq: number;
  readonly device_time: string;
}

export interface CriticalEventRow {
  readonly event_type: string;
  readonly event_id: string | null;
  readonly rsu_id: string;
  readonly user_id: string | null;
  readonly severity: 'INFO' | 'WARN' | 'ERROR';
  readonly description: string;
  readonly metadata: unknown;
  readonly timestamp: string;
  readonly chain_id: string;
  readonly seq: number;
}

/** An answer to one command; without a name, to every order to be disabled. */
export interface CommandAnswerRow {
  readonly command_id: string | null;
  readonly answer: 'seen' | 'done' | 'refused';
  readonly reason: string | null;
  readonly answered_at: string;
  readonly seq: number;
}

/** What one entry, or many, add to the tables that reports are made from. */
export interface Projection {
  readonly orders: readonly OrderRow[];
  readonly ticketRuns: readonly TicketRun[];
  readonly orderAllocations: readonly OrderAllocationRow[];
  readonly payments: readonly PaymentRow[];
  readonly orderPayments: readonly OrderPaymentRow[];
  readonly printJobs: readonly PrintJobRow[];
  readonly printLog: readonly PrintLogRow[];
  readonly criticalEvents: readonly CriticalEventRow[];
  /** Raffle events whose sales ended at this till, with the entry that says so and its time. */
  readonly salesEnds: readonly {
    readonly raffle_event_id: string;
    readonly seq: number;
    readonly ended_at: string;
  }[];
  /** What the till gave back, from an index to the end of the allocation. */
  readonly returns: readonly { readonly allocation_id: string; readonly from: number }[];
  /** What the till answered to commands. */
  readonly commandAnswers: readonly CommandAnswerRow[];
  /** Who is signed in afterwards; `undefined` if the entries do not say. */
  readonly operatorId: string | null | undefined;
}

export const EMPTY_PROJECTION: Projection = {
  orders: [],
  ticketRuns: [],
  orderAllocations: [],
  payments: [],
  orderPayments: [],
  printJobs: [],
  printLog: [],
  criticalEvents: [],
  salesEnds: [],
  returns: [],
  commandAnswers: [],
  operatorId: undefined,
};

/** All of `parts` together, in order. */
export function joinProjections(parts: readonly Projection[]): Projection {
  return {
    orders: parts.flatMap((part) => part.orders),
    ticketRuns: parts.flatMap((part) => part.ticketRuns),
    orderAllocations: parts.flatMap((part) => part.orderAllocations),
    payments: parts.flatMap((part) => part.payments),
    orderPayments: parts.flatMap((part) => part.orderPayments),
    printJobs: parts.flatMap((part) => part.printJobs),
    printLog: parts.flatMap((part) => part.printLog),
    criticalEvents: parts.flatMap((part) => part.criticalEvents),
    salesEnds: parts.flatMap((part) => part.salesEnds),
    returns: parts.flatMap((part) => part.returns),
    commandAnswers: parts.flatMap((part) => part.commandAnswers),
    operatorId: parts.findLast((part) => part.operatorId !== undefined)?.operatorId,
  };
}
