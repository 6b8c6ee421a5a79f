namespace EdgeHost.Benchmarks.Simulation;

/// <summary>Many machines, each with its own requests, on all cores. The result does not depend on the order in which they are simulated.</summary>
internal static class FleetSimulator
{
    /// <summary>Simulates a fleet under a generated load.</summary>
    public static SimulationTally Run(SimulatedDiscipline discipline, TraceGenerator generator, int devices, double load, TimeSpan duration, CancellationToken cancellationToken)
        => Run(discipline, devices, device => generator.Generate(device, load, duration), cancellationToken);

    /// <summary>Simulates the machines of a recorded trace.</summary>
    public static SimulationTally Run(SimulatedDiscipline discipline, IReadOnlyList<TraceStep> trace, CancellationToken cancellationToken)
    {
        IReadOnlyList<TraceStep>[] devices = [.. trace.GroupBy(static step => step.Device).OrderBy(static group => group.Key).Select(static group => group.ToArray())];
        return Run(discipline, devices.Length, device => devices[device], cancellationToken);
    }

    private static SimulationTally Run(SimulatedDiscipline discipline, int devices, Func<int, IReadOnlyList<TraceStep>> steps, CancellationToken cancellationToken)
    {
        var tallies = new SimulationTally[devices];
        Parallel.For(
            0,
            devices,
            new ParallelOptions { CancellationToken = cancellationToken },
            device => tallies[device] = new DeviceSimulator(discipline).Run(steps(device)));
        var total = new SimulationTally();
        foreach (var tally in tallies) total.Merge(tally);
        return total;
    }
}
