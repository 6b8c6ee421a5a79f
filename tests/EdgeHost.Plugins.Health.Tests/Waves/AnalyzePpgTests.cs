using EdgeHost.Capabilities.Health;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;

namespace EdgeHost.Plugins.Health.Tests.Waves;

/// <summary><c>health.analyze_ppg</c> and its stream.</summary>
public class AnalyzePpgTests
{
    private const double RateHz = 50;

    [Fact]
    public async Task Pulse_AtAnEvenRateOrWithTimes_HasItsRate()
    {
        await using var host = await HealthHost.StartAsync();
        var signal = Pulses(60, 66);

        var even = await CallAsync(host, new AnalyzePpgRequest { Signal = signal, SampleRateHz = RateHz });
        var timed = await CallAsync(host, new AnalyzePpgRequest { Signal = signal, TimesMs = [.. signal.Select(static (_, i) => i * 1000 / RateHz)] });

        Assert.InRange(even.HeartRateBpm!.Value, 65, 67);
        Assert.Equal(even.HeartRateBpm.Value, timed.HeartRateBpm!.Value, 0.5);
        Assert.InRange(even.Pulses.Count, 60, 68);
        Assert.All(even.Pulses, static pulse => Assert.NotNull(pulse.Sample));
        Assert.NotNull(even.Variability.Trust);
    }

    [Fact]
    public async Task Stream_FindsThePulseWhileItComes()
    {
        await using var host = await HealthHost.StartAsync();
        var signal = Pulses(60, 80);

        var answer = await host.CallAsync(
            HealthMethods.AnalyzePpgStream,
            WireMessageSerializer.ToArray(new AnalyzePpgStreamRequest { SampleRateHz = RateHz }),
            new PluginTestCall { Pushes = HealthHost.Pushes(signal.Chunk(25).Select(static piece => new SignalChunk { Signal = piece })) });

        Assert.InRange(answer.ReadItems<PpgStreamItem>()[^2].HeartRateBpm!.Value, 79, 81);
        Assert.Equal(signal.Length, answer.Read<AnalyzeSignalStreamResponse>().Samples);
        Assert.InRange(answer.Read<AnalyzeSignalStreamResponse>().Beats, 70, 82);
    }

    [Fact]
    public async Task WrongRequests_SayWhatIsWrong()
    {
        await using var host = await HealthHost.StartAsync();

        await FailsAsync(host, new AnalyzePpgRequest { Signal = Pulses(10, 60) }, "either 'sample_rate_hz' or 'times_ms'");
        await FailsAsync(host, new AnalyzePpgRequest { Signal = new float[10], SampleRateHz = 25, Channels = 3 }, "whole frames");
        await FailsAsync(host, new AnalyzePpgRequest { Signal = new float[10], TimesMs = [1, 2] }, "2 times for 10 frames");
    }

    private static async Task FailsAsync(PluginTestHost host, AnalyzePpgRequest request, string expected)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => CallAsync(host, request));
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static Task<AnalyzePpgResponse> CallAsync(PluginTestHost host, AnalyzePpgRequest request)
        => host.CallAsync<AnalyzePpgRequest, AnalyzePpgResponse>(HealthMethods.AnalyzePpg, request);

    // A fast rise and a slow fall, with intervals that breathing varies a little.
    private static float[] Pulses(double seconds, double rate)
    {
        var signal = new float[(int)(seconds * RateHz)];
        var phase = 0.0;
        for (var i = 0; i < signal.Length; i++)
        {
            phase += rate / 60 / RateHz * (1 + (0.03 * Math.Sin(2 * Math.PI * 0.25 * i / RateHz)));
            signal[i] = (float)(Math.Sin(2 * Math.PI * phase) + (0.35 * Math.Sin((4 * Math.PI * phase) + 0.8)));
        }

        return signal;
    }
}
