using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Signals.Ppg;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Waves;

/// <summary>Serves <c>health.analyze_ppg</c>.</summary>
[Capability(
    HealthMethods.AnalyzePpg,
    Summary = "Finds pulses, their rate, variability and quality in the signal of a light sensor or a camera.",
    Example = """{"signal":[0.1,0.3,0.9,0.5,0.2],"sample_rate_hz":25}""")]
internal sealed class AnalyzePpgHandler(HealthOptions options) : CapabilityHandler<AnalyzePpgRequest, AnalyzePpgResponse>
{
    public override ValueTask<AnalyzePpgResponse> HandleAsync(AnalyzePpgRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        WaveLimits.CheckWhole(request.Signal, options, HealthMethods.AnalyzePpgStream);
        return ValueTask.FromResult(WaveReport.Of(Analyze(request, cancellationToken), request.SampleRateHz));
    }

    private static PpgAnalysis Analyze(AnalyzePpgRequest request, CancellationToken cancellationToken)
    {
        var samples = request.Signal.Samples.Span;
        var channels = request.Channels;
        if (request.SampleRateHz is null == request.TimesMs is null) throw new EdgeHostException(ErrorCode.InvalidArgument, "Give either 'sample_rate_hz' or 'times_ms'.");
        if (samples.Length % channels != 0) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The signal has {samples.Length} values, which are no whole frames of {channels} channels.");
        if (request.SampleRateHz is { } rate && channels == 1) return PpgAnalyzer.Analyze(samples, rate, cancellationToken);
        var frames = samples.Length / channels;
        if (request.TimesMs is { } given && given.Count != frames) throw new EdgeHostException(ErrorCode.InvalidArgument, $"There are {given.Count} times for {frames} frames; each frame has one.");
        var times = request.TimesMs is { } stated ? stated.ToArray() : [.. Enumerable.Range(0, frames).Select(i => i * 1000 / request.SampleRateHz!.Value)];
        return PpgAnalyzer.Analyze(times, samples, channels, cancellationToken);
    }
}
