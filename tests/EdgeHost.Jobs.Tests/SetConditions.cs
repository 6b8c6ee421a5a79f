using EdgeHost.Runtime.Conditions;

namespace EdgeHost.Jobs.Tests;

/// <summary>A machine whose state the test sets. Thread-safe.</summary>
internal sealed class SetConditions : IMachineConditions
{
    private readonly List<Action<MachineConditions>> _handlers = [];
    private volatile MachineConditions _current = MachineConditions.Good;

    public MachineConditions Current => _current;

    public void Set(MachineConditions conditions)
    {
        _current = conditions;
        Action<MachineConditions>[] handlers;
        lock (_handlers) handlers = [.. _handlers];
        foreach (var handler in handlers) handler(conditions);
    }

    public IDisposable OnChange(Action<MachineConditions> handler)
    {
        lock (_handlers) _handlers.Add(handler);
        return new Subscription(this, handler);
    }

    private sealed class Subscription(SetConditions owner, Action<MachineConditions> handler) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._handlers) owner._handlers.Remove(handler);
        }
    }
}
