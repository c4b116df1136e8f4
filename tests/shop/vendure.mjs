// A real Vendure shop for the tests: `node vendure.mjs DIR`.
// It keeps an SQLite file in a new folder under DIR, listens on a free port of 127.0.0.1, and prints one line
// `READY {"port":…,"pid":…}` once the shop is seeded. It ends, and removes its folder, when stdin closes,
// on SIGTERM or SIGINT, or after 15 minutes, so that a killed test run leaves nothing behind.
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

process.env.VENDURE_DISABLE_TELEMETRY = 'true';

const parent = process.argv[2];
if (!parent) {
  console.error('usage: node vendure.mjs DIR');
  process.exit(2);
}
const home = mkdtempSync(join(resolve(parent), 'vendure-'));
let app;
let ending = false;
async function end(code) {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(code), 5_000).unref();
  await app?.close().catch(() => {});
  rmSync(home, { recursive: true, force: true });
  process.exit(code);
}
process.stdin.resume().on('end', () => end(0)).on('close', () => end(0)).on('error', () => end(0));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => end(0));
setTimeout(() => end(0), 15 * 60_000).unref();

// Vendure is CommonJS with re-exports that ES imports do not see by name.
const require = createRequire(import.meta.url);
const { bootstrap, DefaultLogger, dummyPaymentHandler, JobQueueService, LogLevel } = require('@vendure/core');
const { populate } = require('@vendure/core/cli');

const superadmin = { identifier: 'superadmin', password: 'superadmin' };
const tag = (name) => ({ name, type: 'string', nullable: true, public: true });

const config = {
  apiOptions: {
    hostname: '127.0.0.1',
    port: 0,
    adminApiPath: 'admin-api',
    shopApiPath: 'shop-api',
    adminListQueryLimit: 100,
    shopListQueryLimit: 100,
    introspection: true,
  },
  authOptions: {
    tokenMethod: ['bearer', 'cookie', 'api-key'],
    superadminCredentials: superadmin,
    cookieOptions: { secret: 'only-for-tests' },
    requireVerification: false,
  },
  dbConnectionOptions: { type: 'better-sqlite3', database: join(home, 'shop.db'), synchronize: true, logging: false },
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  importExportOptions: { importAssetsDir: home },
  logger: new DefaultLogger({ level: LogLevel.Warn }),
  systemOptions: {},
  customFields: {
    Order: ['utmSource', 'utmMedium', 'utmCampaign', 'utmContent', 'utmTerm', 'landingTag'].map(tag),
  },
  plugins: [],
};

const initialData = {
  defaultLanguage: 'en',
  defaultZone: 'Asia',
  taxRates: [{ name: 'Zero Tax', percentage: 0 }],
  countries: [{ name: 'China', code: 'CN', zone: 'Asia' }],
  shippingMethods: [{ name: 'Free Shipping', price: 0 }],
  paymentMethods: [
    {
      name: 'Dummy',
      handler: { code: 'dummy-payment-handler', arguments: [{ name: 'automaticSettle', value: 'true' }] },
    },
  ],
  collections: [],
  roles: [],
};

const products = `name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets
Lipstick A,lipstick-a,seed,,,,,LIP-A,129.00,standard,1000,false,,
Sunscreen B,sunscreen-b,seed,,,,,SUN-B,89.00,standard,1000,false,,
Mask C,mask-c,seed,,,,,MASK-C,59.90,standard,1000,false,,
Pot D,pot-d,seed,,,size,small,POT-D-S,199.00,standard,1000,false,,
,,,,,,large,POT-D-L,229.00,standard,1000,false,,
`;

async function boot() {
  app = await bootstrap(config);
  await app.get(JobQueueService).start();
  return app;
}

// Vendure always creates its default channel in USD; changing the channel's currency moves the seeded prices along.
async function sellInYuan(api) {
  const ask = async (query, token) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(api, { method: 'POST', headers, body: JSON.stringify({ query }) });
    const { data, errors } = await answer.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return { data, token: answer.headers.get('vendure-auth-token') };
  };
  const { identifier, password } = superadmin;
  const { token } = await ask(`mutation{login(username:"${identifier}",password:"${password}"){__typename}}`);
  const { data } = await ask('{activeChannel{id}}', token);
  const input = `{id:"${data.activeChannel.id}",defaultCurrencyCode:CNY,availableCurrencyCodes:[CNY]}`;
  await ask(`mutation{updateChannel(input:${input}){__typename ... on ErrorResult{message}}}`, token);
}

try {
  const csv = join(home, 'products.csv');
  writeFileSync(csv, products);
  await populate(boot, initialData, csv);
  const { port } = app.getHttpServer().address();
  await sellInYuan(`http://127.0.0.1:${port}/admin-api`);
  console.log(`READY ${JSON.stringify({ port, pid: process.pid })}`);
} catch (error) {
  console.error(error);
  await end(1);
}
