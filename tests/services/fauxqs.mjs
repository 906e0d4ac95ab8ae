// node fauxqs.mjs PORT: SQS on loopback alone; the package's own command line would listen on all addresses.
import { buildApp } from "fauxqs";

const app = await buildApp({ logger: false });
await app.listen({ host: "127.0.0.1", port: Number.parseInt(process.argv[2], 10) });
