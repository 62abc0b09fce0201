const OPEN = ['scheduled', 'erasing', 'blocked', 'failed'];
const WEIGHT = { 'delete-data': 1, deactivate: 2, 'delete-account': 3 };

/* Whether something is still going to happen. */
export const isOpen = request => OPEN.includes(request.state);

/* The request that takes most from the person. */
export const heaviest = requests => [...requests].sort((a, b) => WEIGHT[b.flow] - WEIGHT[a.flow])[0];
