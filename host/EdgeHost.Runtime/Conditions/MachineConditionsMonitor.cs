namespace EdgeHost.Runtime.Conditions;

internal sealed class MachineConditionsMonitor : IMachineConditions
{
    public MachineConditions Current => MachineConditions.Good;

    public IDisposable OnChange(Action<MachineConditions> handler) => new MemoryStream();
}
