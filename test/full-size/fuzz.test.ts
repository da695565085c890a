import { fuzzEveryCall } from '#test/helpers/central/fuzz-every-call.ts';

fuzzEveryCall({ requestsPerCall: 500, longestMs: 20 * 60_000 });
