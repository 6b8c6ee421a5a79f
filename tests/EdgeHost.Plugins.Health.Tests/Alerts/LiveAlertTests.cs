using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;

namespace EdgeHost.Plugins.Health.Tests.Alerts;

/// <summary>Alerts from live signals.</summary>
public class LiveAlertTests
{
    private const double RateHz = 250;

    [Fact]
    public async Task OrdinaryRhythm_RaisesNothing()
    {
        await using var rig = await AlertRig.StartAsync();

        var end = await EcgAsync(rig, SyntheticEcg.Regular(180, 75), 180);

        Assert.Equal(0, end.Alerts);
        Assert.Empty(await rig.AlertsAsync(changes: true));
    }

    [Fact]
    public async Task FastHeart_RaisesOneAlertAlsoOverTwoStreams()
    {
        await using var rig = await AlertRig.StartAsync();
        var beats = SyntheticEcg.Regular(120, 135);

        var first = await EcgAsync(rig, beats, 120);
        rig.Time.Advance(TimeSpan.FromMinutes(3));
        var second = await EcgAsync(rig, beats, 120);

        Assert.Equal((1, 0), (first.Alerts, second.Alerts));
        var alert = Assert.Single(await rig.AlertsAsync());
        Assert.Equal("alert.ecg_tachycardia", alert.Finding.Rule);
        Assert.InRange(alert.Finding.Readings[0].Value, 130, 140);
        Assert.Equal(("ecg_heart_rate", "chest strap"), (alert.Finding.Readings[0].Type, alert.Finding.Readings[0].Source));
    }

    [Fact]
    public async Task SlowIrregularPausingAndLostSignals_HaveTheirAlerts()
    {
        await using var rig = await AlertRig.StartAsync();
        var pausing = SyntheticEcg.Intervals(60, static (i, _) => i == 30 ? 4.2 : 0.8);

        await EcgAsync(rig, SyntheticEcg.Regular(110, 35, depth: 0.01), 110, "slow");
        await EcgAsync(rig, SyntheticEcg.Irregular(150, 85, 3), 150, "irregular");
        await EcgAsync(rig, pausing, 60, "pausing");
        await EcgAsync(rig, [], 90, "lost");

        Assert.Equal("alert.ecg_bradycardia", Assert.Single(await OfAsync(rig, "slow")).Finding.Rule);
        Assert.Equal("alert.ecg_irregular", Assert.Single(await OfAsync(rig, "irregular")).Finding.Rule);
        var pause = Assert.Single(await OfAsync(rig, "pausing"));
        Assert.Equal(("alert.ecg_pause", FindingSeverity.Urgent), (pause.Finding.Rule, pause.Finding.Severity));
        Assert.InRange(pause.Finding.Readings[0].Value, 4.1, 4.3);
        Assert.Equal("alert.ecg_signal_lost", Assert.Single(await OfAsync(rig, "lost")).Finding.Rule);
    }

    [Fact]
    public async Task PiecesOfAnyLength_RaiseTheSame()
    {
        await using var rig = await AlertRig.StartAsync();
        var beats = SyntheticEcg.Regular(120, 135);

        await EcgAsync(rig, beats, 120, "long", piece: 20_000);
        await EcgAsync(rig, beats, 120, "short", piece: 77);

        Assert.Equal(Assert.Single(await OfAsync(rig, "long")).Finding.Readings[0].Value, Assert.Single(await OfAsync(rig, "short")).Finding.Readings[0].Value);
    }

    [Fact]
    public async Task PersonalLimitAndOldRecords_Count()
    {
        await using var rig = await AlertRig.StartAsync();
        await rig.SetAsync("alert.ecg_tachycardia", limit: 150);

        Assert.Equal(0, (await EcgAsync(rig, SyntheticEcg.Regular(120, 135), 120)).Alerts);
        Assert.Equal(0, (await EcgAsync(rig, SyntheticEcg.Regular(120, 160), 120, start: rig.Now.AddDays(-9))).Alerts);
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => EcgAsync(rig, [], 1, start: rig.Now.AddDays(1)));
        Assert.Contains("start_time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FastPulse_RaisesAnAlert()
    {
        await using var rig = await AlertRig.StartAsync();
        var wave = Enumerable.Range(0, 50 * 110).Select(static i => (float)(Math.Sin(2 * Math.PI * 2.2 * i / 50) + (0.35 * Math.Sin((4 * Math.PI * 2.2 * i / 50) + 0.8)))).ToArray();

        var answer = await rig.Host.CallAsync(
            HealthMethods.AnalyzePpgStream,
            WireMessageSerializer.ToArray(new AnalyzePpgStreamRequest { SampleRateHz = 50, AlertPerson = "self" }),
            new PluginTestCall { Pushes = HealthHost.Pushes(wave.Chunk(50).Select(static piece => new SignalChunk { Signal = piece })) });

        Assert.Equal(1, answer.Read<AnalyzeSignalStreamResponse>().Alerts);
        Assert.Equal("alert.pulse_high", Assert.Single(await rig.AlertsAsync()).Finding.Rule);
    }

    private static async Task<IReadOnlyList<HealthAlert>> OfAsync(AlertRig rig, string person)
        => (await rig.Host.CallAsync(HealthMethods.Alerts, WireMessageSerializer.ToArray(new AlertsRequest { Person = person, Follow = false }))).ReadItems<HealthAlert>();

    private static async Task<AnalyzeSignalStreamResponse> EcgAsync(AlertRig rig, IReadOnlyList<SyntheticBeat> beats, double seconds, string person = "self", int piece = 250, DateTimeOffset? start = null)
    {
        var signal = beats.Count > 0 ? new SyntheticEcg { Beats = beats, RateHz = RateHz }.Render(seconds) : new float[(int)(RateHz * seconds)];
        var answer = await rig.Host.CallAsync(
            HealthMethods.AnalyzeEcgStream,
            WireMessageSerializer.ToArray(new AnalyzeEcgStreamRequest { SampleRateHz = RateHz, AlertPerson = person, Source = "chest strap", StartTime = start?.ToUnixTimeMilliseconds() }),
            new PluginTestCall { Pushes = HealthHost.Pushes(signal.Chunk(piece).Select(static part => new SignalChunk { Signal = part })) });
        return answer.Read<AnalyzeSignalStreamResponse>();
    }
}
