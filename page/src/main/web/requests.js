const OPEN = ['scheduled', 'erasing', 'blocked', 'failed'];
const WEIGHT = { 'delete-data': 1, deactivate: 2, 'delete-account': 3 };

/* Whether something is still going to happen. */
export const isOpen = request => OPEN.includes(request.state);

/* What became of a request. One that is erased here is not done as long as other systems have to answer. */
export function stateText(w, calls, { state, waitingFor }) {
  if (!waitingFor) {
    return w.text(`state.${state}`);
  }
  const late = new Date(waitingFor.until) < calls.now();
  return w.text(late ? 'state.overdue' : 'state.waiting', { n: waitingFor.systems.length, date: w.day(waitingFor.until) });
}

/* The request that takes most from the person. */
export const heaviest = requests => [...requests].sort((a, b) => WEIGHT[b.flow] - WEIGHT[a.flow])[0];
