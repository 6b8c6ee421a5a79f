using EdgeHost.Runtime.Conditions;

namespace EdgeHost.Runtime.Tests.Scheduling;

/// <summary>Conditions that the test sets.</summary>
internal sealed class FakeConditions : IMachineConditions
{
    private readonly List<Action<MachineConditions>> _handlers = [];

    public MachineConditions Current { get; private set; } = MachineConditions.Good;

    public void Set(CallPriority minimum)
    {
        Current = MachineConditions.Good with { MinimumPriority = minimum, Reason = "the test says so" };
        foreach (var handler in _handlers)
        {
            handler(Current);
        }
    }

    public IDisposable OnChange(Action<MachineConditions> handler)
    {
        _handlers.Add(handler);
        return new MemoryStream();
    }
}
