import type { ToolDescriptor } from '../../../sdk/index.js';

/** Namespaces with their things. */
const things: Readonly<Record<string, readonly string[]>> = {
  tracker: ['issue', 'milestone', 'label', 'comment on an issue', 'sprint'],
  code: ['repository', 'branch', 'pull request', 'review of a pull request', 'release', 'deploy key'],
  shop: ['product', 'order', 'cart', 'coupon', 'refund', 'shipment'],
  billing: ['invoice', 'subscription', 'payment method', 'tax rate', 'customer'],
  calendar: ['event', 'calendar', 'reminder', 'meeting room'],
  mail: ['message', 'draft', 'folder', 'mailing list', 'filter rule'],
  files: ['file', 'folder', 'shared link', 'version of a file'],
  chat: ['channel', 'chat message', 'reaction', 'thread', 'user group'],
  people: ['employee', 'team', 'leave request', 'job opening', 'salary band'],
  cloud: ['virtual machine', 'disk', 'network', 'firewall rule', 'load balancer', 'database'],
  cluster: ['pod', 'service', 'secret', 'config map', 'namespace', 'cron job'],
  maps: ['place', 'route', 'saved location'],
  music: ['playlist', 'song', 'album', 'artist'],
  news: ['article', 'topic', 'newsletter'],
  support: ['ticket', 'customer satisfaction survey', 'canned response'],
  analytics: ['dashboard', 'report', 'alert', 'metric'],
  learning: ['course', 'lesson', 'quiz', 'certificate'],
};

const verbs: readonly (readonly [verb: string, summary: (thing: string, many: string) => string])[] = [
  ['create', (thing) => `Create ${article(thing)}`],
  ['list', (_thing, many) => `List ${many}`],
  ['get', (thing) => `Get ${article(thing)} by its id`],
  ['update', (thing) => `Update ${article(thing)}`],
  ['delete', (thing) => `Delete ${article(thing)}`],
  ['search', (_thing, many) => `Search ${many} by text`],
];

const others: Readonly<Record<string, string>> = {
  'tracker.issueAssign': 'Assign an issue to somebody',
  'tracker.issueClose': 'Close an issue',
  'code.pullRequestMerge': 'Merge a pull request',
  'code.branchProtect': 'Protect a branch against force pushes',
  'code.repositoryFork': 'Fork a repository',
  'shop.orderCancel': 'Cancel an order',
  'shop.cartCheckout': 'Check out a cart',
  'billing.invoiceSend': 'Send an invoice to its customer',
  'billing.subscriptionPause': 'Pause a subscription',
  'calendar.eventRespond': 'Accept or decline the invitation to an event',
  'calendar.freeBusy': 'Find when people are free or busy',
  'mail.messageSend': 'Send an email message',
  'mail.messageForward': 'Forward an email message to others',
  'files.fileUpload': 'Upload a file',
  'files.fileDownload': 'Download the contents of a file',
  'files.fileMove': 'Move a file into another folder',
  'chat.messagePin': 'Pin a message in a channel',
  'chat.userStatus': 'Set your status in the chat',
  'people.leaveApprove': 'Approve a request for leave',
  'people.payslip': 'Get the payslip of a month',
  'cloud.machineStart': 'Start a virtual machine',
  'cloud.machineStop': 'Stop a virtual machine',
  'cloud.machineResize': 'Change the size of a virtual machine',
  'cloud.costForecast': 'Forecast the costs of the next month',
  'cluster.podLogs': 'Read the logs of a pod',
  'cluster.deploymentScale': 'Scale a deployment to a number of replicas',
  'cluster.deploymentRestart': 'Restart a deployment, one pod after the other',
  'maps.routePlan': 'Plan a route between two places',
  'maps.distance': 'Distance and travel time between two places',
  'maps.geocode': 'Coordinates of an address',
  'music.play': 'Play a song or a playlist',
  'music.recommend': 'Recommend songs that are like others',
  'news.headlines': 'The most important headlines of today',
  'support.ticketEscalate': 'Escalate a ticket to the next level',
  'analytics.query': 'Run an SQL query on the data warehouse',
  'analytics.export': 'Export a report as CSV',
  'learning.enrol': 'Enrol somebody in a course',
  'weather.current': 'Current weather of a city',
  'weather.forecast': 'Weather of a city in the next ten days',
  'currency.convert': 'Convert an amount from one currency to another',
  'translate.text': 'Translate a text into another language',
  'rates.limit': 'How many calls are left before the rate limit',
  'account.whoami': 'The authenticated user',
};

/** Some five hundred tools of made-up services, many of them much alike. */
export function catalogue(): readonly ToolDescriptor[] {
  const tools = Object.entries(things).flatMap(([namespace, names]) =>
    names.flatMap((thing) =>
      verbs.map(([verb, summary]): ToolDescriptor => {
        const many = plural(thing);
        const name = camelCase(verb === 'list' || verb === 'search' ? `${many} ${verb}` : `${thing} ${verb}`);
        return descriptor(`${namespace}.${name}`, summary(thing, many));
      }),
    ),
  );
  return [...tools, ...Object.entries(others).map(([name, summary]) => descriptor(name, summary))];
}

function descriptor(name: string, summary: string): ToolDescriptor {
  const description = `${summary}\n\nNeeds the permission to do so. See the guide of the service for limits and errors.`;
  return {
    name,
    description,
    kind: 'async',
    requiredContext: [],
    input: { type: 'object', properties: { id: { type: 'string' } } },
  };
}

function article(thing: string): string {
  return `${/^[aeiou]/.test(thing) ? 'an' : 'a'} ${thing}`;
}

function plural(thing: string): string {
  const [first = '', ...rest] = thing.split(' ');
  const at = rest.findIndex((word) => word === 'of' || word === 'on');
  const words = [first, ...(at < 0 ? rest : rest.slice(0, at))];
  const last = words.pop()!;
  const many = last.endsWith('y')
    ? `${last.slice(0, -1)}ies`
    : last.endsWith('ch') || last.endsWith('x')
      ? `${last}es`
      : `${last}s`;
  return [...words, many, ...(at < 0 ? [] : rest.slice(at))].join(' ');
}

function camelCase(text: string): string {
  return text
    .split(' ')
    .filter((word) => !['a', 'an', 'on', 'of', 'the'].includes(word))
    .map((word, index) => (index === 0 ? word : word.replace(/^./, (letter) => letter.toUpperCase())))
    .join('');
}
