namespace EdgeHost.Benchmarks.Simulation;

/// <summary>What a fleet's apps do, at a load of one. Immutable.</summary>
internal sealed class Workload
{
    /// <summary>The apps; each offers its share of the load.</summary>
    public required IReadOnlyList<WorkloadApp> Apps { get; init; }

    /// <summary>
    /// The mixed trace: four apps that offer the same device time each, five models with the run times of the real ones on one core (face detection, text
    /// direction, text recognition, text detection, one step of a speech decoder), which spread because inputs differ. A deadline is 25 to 60 times the run
    /// time where a person waits, 25 to 100 times in the middle, and 50 to 200 times for what is read later.
    /// </summary>
    public static Workload Mixed { get; } = Create();

    private static Workload Create()
    {
        var face = new WorkloadModel("face", Milliseconds: 12, Variation: 0.15);
        var direction = new WorkloadModel("text-direction", Milliseconds: 4, Variation: 0.15, FixedShare: 0.4);
        var recognition = new WorkloadModel("text-recognition", Milliseconds: 20, Variation: 0.4, FixedShare: 0.2);
        var detection = new WorkloadModel("text-detection", Milliseconds: 90, Variation: 0.5);
        var decoder = new WorkloadModel("speech-decoder", Milliseconds: 7, Variation: 0.2);
        var waited = new DeadlineRange(25, 60);
        var usual = new DeadlineRange(25, 100);
        var patient = new DeadlineRange(50, 200);
        return new Workload
        {
            Apps =
            [
                new WorkloadApp("camera", CallPriority.Interactive, waited, [(face, 1)]),
                new WorkloadApp("dictation", CallPriority.Interactive, waited, [(decoder, 1)]),
                new WorkloadApp("reader", CallPriority.Normal, usual, [(recognition, 0.6), (detection, 0.3), (direction, 0.1)]),
                new WorkloadApp("indexer", CallPriority.Background, patient, [(recognition, 0.3), (detection, 0.6), (face, 0.1)]),
            ],
        };
    }
}
