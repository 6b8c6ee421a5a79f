namespace EdgeHost.Plugins.Health.Signals.Ppg;

/// <summary>Takes what a <see cref="PpgMonitor"/> finds, in the order of time, on the thread that pushes. Everything is said once and never revised.</summary>
public interface IPpgObserver
{
    /// <summary>A pulse; three to eight seconds after it happened.</summary>
    void OnPulse(in PpgPulse pulse);

    /// <summary>The next stretch, after its pulses.</summary>
    void OnSegment(in PpgSegment segment);
}
