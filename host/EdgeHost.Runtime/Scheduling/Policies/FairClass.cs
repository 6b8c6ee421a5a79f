namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>
/// One class of <see cref="FairStepQueue"/>: weighted fair sharing between apps with bounded lag. Each app has a virtual time; an app that is more than the
/// lag ahead of the one served least waits, among the others the least slack goes first. An app that was idle starts at the class's virtual time, so that it
/// neither keeps credit for the time it wanted nothing nor pays for what it used long ago. Not thread-safe.
/// </summary>
internal sealed class FairClass(double lag, WeightTable weights)
{
    /// <summary>Accounts kept before idle ones are forgotten.</summary>
    private const int AccountLimit = 256;

    private readonly Dictionary<string, AppAccount> _accounts = new(StringComparer.Ordinal);
    private readonly List<AppAccount> _waiting = [];
    private double _virtualTime;
    private double _furthest;
    private int _running;

    /// <summary>When it was last let go after a rest, as UTC ticks: waiting before that is not age.</summary>
    public long AgesFrom { get; set; }

    public int Count { get; private set; }

    /// <summary>Apps it knows.</summary>
    public int Accounts => _accounts.Count;

    public void Enqueue(StepTicket ticket)
    {
        var account = Find(ticket.App);
        Wake(account);
        account.Backlog.Add(ticket);
        Count++;
        AddWork(account, ticket, 1);
        if (account.Place >= 0) return;
        account.Place = _waiting.Count;
        _waiting.Add(account);
    }

    public void Remove(StepTicket ticket)
    {
        var account = _accounts[ticket.App];
        account.Backlog.Remove(ticket);
        Count--;
        AddWork(account, ticket, -1);
        if (account.Backlog.Count > 0) return;
        var last = _waiting[^1];
        _waiting[account.Place] = last;
        last.Place = account.Place;
        _waiting.RemoveAt(_waiting.Count - 1);
        account.Place = -1;
        CloseIfIdle();
    }

    public void Begin(StepTicket ticket)
    {
        var account = Find(ticket.App);
        Wake(account);
        if (_waiting.Count > 0) _virtualTime = Math.Max(_virtualTime, Lowest());
        account.Running++;
        _running++;
        Advance(account, ticket.ChargedRun.Ticks);
    }

    public void Charge(StepTicket ticket, TimeSpan correction)
    {
        var account = _accounts[ticket.App];
        Advance(account, correction.Ticks);
        account.Running--;
        _running--;
        CloseIfIdle();
    }

    /// <summary>The step whose turn it is among those that pass the limit on long ones, or null.</summary>
    public StepTicket? Choose(long longest, long agedBefore)
    {
        var lowest = double.MaxValue;
        foreach (var account in _waiting)
        {
            if (account.VirtualTime < lowest && MayStart(account.Backlog.First!, longest, agedBefore)) lowest = account.VirtualTime;
        }

        StepTicket? best = null;
        AppAccount? bestAccount = null;
        foreach (var account in _waiting)
        {
            var head = account.Backlog.First!;
            if (account.VirtualTime > lowest + lag || !MayStart(head, longest, agedBefore)) continue;
            if (best is not null && !IsBefore(head, account, best, bestAccount!)) continue;
            best = head;
            bestAccount = account;
        }

        return best;
    }

    public bool IsAged(StepTicket ticket, long agedBefore) => Math.Max(ticket.Enqueued.UtcTicks, AgesFrom) < agedBefore;

    /// <summary>Work of this class that would run before a ticket, in ticks.</summary>
    public long WorkAhead(StepTicket ticket, long unknownRun, long enough)
    {
        var own = _accounts.GetValueOrDefault(ticket.App);
        var start = own is null ? _virtualTime : own.IsIdle ? Math.Max(own.VirtualTime, _virtualTime) : own.VirtualTime;
        var work = 0L;
        foreach (var account in _waiting)
        {
            if (work >= enough) break;
            var before = account.Backlog.WorkBefore(ticket, unknownRun, enough - work);
            if (account != own)
            {
                // What others may catch up before this app has its turn again, however patient their steps are.
                var lead = (start - lag - account.VirtualTime) * account.Weight;
                var backlog = account.Work + (account.Unknown * unknownRun);
                if (lead > before) before = (long)Math.Min(lead, backlog);
            }

            work += before;
        }

        return work;
    }

    private bool MayStart(StepTicket head, long longest, long agedBefore)
        => longest == long.MaxValue || (head.ExpectedRun?.Ticks ?? long.MaxValue) <= longest || IsAged(head, agedBefore);

    private static bool IsBefore(StepTicket x, AppAccount ofX, StepTicket y, AppAccount ofY)
    {
        var difference = x.LatestStart.CompareTo(y.LatestStart);
        if (difference == 0) difference = ofX.VirtualTime.CompareTo(ofY.VirtualTime);
        return difference < 0 || (difference == 0 && x.Sequence < y.Sequence);
    }

    private static void AddWork(AppAccount account, StepTicket ticket, int change)
    {
        if (ticket.ExpectedWork is { } run) account.Work += change * run.Ticks;
        else account.Unknown += change;
    }

    private void Wake(AppAccount account)
    {
        if (!account.IsIdle) return;
        if (_waiting.Count > 0) _virtualTime = Math.Max(_virtualTime, Lowest());
        account.VirtualTime = Math.Max(account.VirtualTime, _virtualTime);
    }

    private void Advance(AppAccount account, long ticks)
    {
        account.VirtualTime += ticks / account.Weight;
        _furthest = Math.Max(_furthest, account.VirtualTime);
    }

    /// <summary>With the last step of a busy spell all debts end: nobody waited for them.</summary>
    private void CloseIfIdle()
    {
        if (_running == 0 && Count == 0) _virtualTime = Math.Max(_virtualTime, _furthest);
    }

    private double Lowest()
    {
        var lowest = double.MaxValue;
        foreach (var account in _waiting)
        {
            lowest = Math.Min(lowest, account.VirtualTime);
        }

        return lowest;
    }

    private AppAccount Find(string app)
    {
        if (_accounts.TryGetValue(app, out var account))
        {
            // Weights may change while an app works.
            account.Weight = weights.Of(app);
            return account;
        }

        if (_accounts.Count >= AccountLimit) Forget();
        account = new AppAccount(app) { Weight = weights.Of(app) };
        _accounts.Add(app, account);
        return account;
    }

    /// <summary>Forgets idle apps: first those who would start at the class's time anyway; where there are none, all that are idle.</summary>
    private void Forget()
    {
        foreach (var (app, account) in _accounts)
        {
            if (account.IsIdle && account.VirtualTime <= _virtualTime) _accounts.Remove(app);
        }

        if (_accounts.Count < AccountLimit) return;
        foreach (var (app, account) in _accounts)
        {
            if (account.IsIdle) _accounts.Remove(app);
        }
    }
}
