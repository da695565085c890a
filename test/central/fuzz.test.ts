import { fuzzEveryCall } from '#test/helpers/central/fuzz-every-call.ts';

fuzzEveryCall({ requestsPerCall: 6, longestMs: 30_000 });
