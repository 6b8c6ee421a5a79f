namespace EdgeHost.Runtime.Scheduling;

/// <summary>Is told what the steps of a call cost, as they end: also those that failed or were stopped, and whatever becomes of the call. Implementations are thread-safe.</summary>
public interface IDeviceTimeAccount
{
    /// <summary>Adds the time of a step.</summary>
    /// <param name="deviceTime">The time it held a device; of a run that served several steps, its share.</param>
    void Charge(TimeSpan deviceTime);
}
