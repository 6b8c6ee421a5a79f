using EdgeHost.Runtime.Conditions;

namespace EdgeHost.Runtime.Tests.Models;

/// <summary>Conditions that the test decides.</summary>
internal sealed class FakeMachineConditions : IMachineConditions
{
    private Action<MachineConditions>? _handler;

    public MachineConditions Current { get; private set; } = MachineConditions.Good;

    /// <summary>Tells of memory pressure as the monitor does: at every look while memory is short.</summary>
    public void Memory(MemoryPressureLevel level)
    {
        Current = MachineConditions.Good with { Memory = level };
        _handler?.Invoke(Current);
    }

    public IDisposable OnChange(Action<MachineConditions> handler)
    {
        _handler += handler;
        return new Subscription(() => _handler -= handler);
    }
}
