namespace EdgeHost.Plugins.Health.Waves;

/// <summary>Takes the leads of a signal apart whose values of an instant stand beside each other.</summary>
internal static class WaveLeads
{
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the values are no whole instants of so many leads.</exception>
    public static IReadOnlyList<ReadOnlyMemory<float>> Of(ReadOnlyMemory<float> values, int leads)
    {
        if (leads == 1) return [values];
        if (values.Length % leads != 0)
        {
            throw new EdgeHostException(
                ErrorCode.InvalidArgument,
                $"The signal has {values.Length} values, which are no whole instants of {leads} leads: leads are equally long, and the values of an instant stand beside each other. Fill what a lead lacks with missing values.");
        }

        var apart = new ReadOnlyMemory<float>[leads];
        for (var lead = 0; lead < leads; lead++)
        {
            var samples = new float[values.Length / leads];
            for (var i = 0; i < samples.Length; i++) samples[i] = values.Span[(i * leads) + lead];
            apart[lead] = samples;
        }

        return apart;
    }
}
