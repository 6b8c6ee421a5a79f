using CsCheck;
using EdgeHost.Runtime.Devices;

namespace EdgeHost.Runtime.Tests.Devices;

/// <summary>The rule alone, with an NPU preferred, then a GPU, then the processor.</summary>
public sealed class PlacementChoiceTests
{
    private static readonly DeviceOptions Options = new();

    private static readonly PlacementView View = ViewOf("npu0", "npu1", "gpu0", "cpu");

    [Fact]
    public void Make_NothingKnown_TriesThePreferredKind() => Expect("npu0", PlacementReason.Order, "- - - -");

    [Fact]
    public void Make_PreferredNeverRan_IsTriedWhateverTheLoadCosts() => Expect("npu0", PlacementReason.Order, "0+3000+? 0+3000+? 0+0+5 0+0+5");

    [Fact]
    public void Make_TwoOfTheKind_TakesTheEarlier() => Expect("npu1", PlacementReason.Order, "50+0+10 0+0+10 x x");

    [Fact]
    public void Make_OtherKindClearlyEarlier_TakesIt() => Expect("cpu", PlacementReason.Earlier, "80+0+10 90+0+10 70+0+10 0+0+40");

    [Fact]
    public void Make_OtherKindALittleEarlier_StaysWithThePreferred() => Expect("npu0", PlacementReason.Order, "0+0+14 0+0+14 0+0+10 0+0+10");

    [Fact]
    public void Make_FarEarlierByLessThanTheMinimum_StaysWithThePreferred() => Expect("npu0", PlacementReason.Order, "0+0+2 0+0+2 x 0+0+0.5");

    [Fact]
    public void Make_LoadOfThePreferred_CountsAHundredth()
    {
        Expect("npu0", PlacementReason.Order, "0+2000+5 0+2000+5 x 0+0+20");
        Expect("cpu", PlacementReason.Earlier, "0+9000+5 0+9000+5 x 0+0+20");
    }

    [Fact]
    public void Make_LoadOfAnother_CountsInFull() => Expect("npu0", PlacementReason.Order, "80+0+10 80+0+10 x 0+300+10");

    [Fact]
    public void Make_OtherNeverRan_IsTakenToRunAsLongAsThePreferred()
    {
        Expect("cpu", PlacementReason.Earlier, "80+0+10 80+0+10 80+0+? 0+0+?");
        Expect("npu0", PlacementReason.Order, "80+0+? 80+0+? 80+0+? 0+0+?");
    }

    [Fact]
    public void Make_PreferredMissesTheDeadline_TakesOneThatMeetsIt()
    {
        Expect("cpu", PlacementReason.Deadline, "0+2000+5 0+2000+5 x 0+0+20", left: 100);
        Expect("cpu", PlacementReason.Deadline, "0+2000+5 0+2000+5 x 0+0+20", left: 100, mode: PlacementMode.Efficiency);
        Expect("npu0", PlacementReason.Order, "0+2000+5 0+2000+5 x 0+0+20", left: 10);
    }

    [Fact]
    public void Make_Efficiency_WaitsForThePreferred() => Expect("npu0", PlacementReason.Order, "800+0+10 900+0+10 0+0+10 0+0+10", mode: PlacementMode.Efficiency);

    [Fact]
    public void Make_Latency_TakesTheEarliestAndTriesWhatNeverRan()
    {
        Expect("gpu0", PlacementReason.Earlier, "0+0+14 0+0+14 0+0+10 0+0+11", mode: PlacementMode.Latency);
        Expect("cpu", PlacementReason.Earlier, "0+0+14 0+0+14 0+0+10 0+0+?", mode: PlacementMode.Latency);
        Expect("gpu0", PlacementReason.Earlier, "0+2000+1 0+2000+1 0+0+10 0+0+11", mode: PlacementMode.Latency);
    }

    [Fact]
    public void Make_SuspectOfTheKind_ComesLast()
    {
        var view = ViewOf("npu0", "npu1", "gpu0", "cpu");
        view.Suspect[1] = true;
        Expect("npu0", PlacementReason.Order, "50+0+10 0+0+10 x x", view: view);
        view.Suspect[0] = true;
        Expect("npu1", PlacementReason.Order, "50+0+10 0+0+10 x x", view: view);
    }

    [Fact]
    public void Make_SuspectOfAnotherKind_IsNotMovedTo()
    {
        var view = ViewOf("npu0", "npu1", "gpu0", "cpu");
        view.Suspect[2] = view.Suspect[3] = true;

        Expect("npu0", PlacementReason.Order, "800+0+10 800+0+10 0+0+10 0+0+10", view: view);
    }

    [Fact]
    public void Make_AnyCosts_NeverGivesUpThePreferenceForLessThanTheGain()
        => Gen.Select(Cost.Array[4], Gen.Enum<PlacementMode>(), Gen.Int[-50, 500].Nullable()).Sample(
            (costs, mode, left) =>
            {
                TimeSpan? limit = left is { } value ? TimeSpan.FromMilliseconds(value) : null;
                var choice = PlacementChoice.Make(Options, mode, View, costs, limit);
                Assert.InRange(choice.Index, 0, 3);
                Assert.InRange(choice.Lead, 0, 1);
                Assert.Equal(choice.Index == choice.Lead, choice.Reason == PlacementReason.Order);
                var lead = costs[choice.Lead];
                var chosen = PlacementChoice.Finish(costs[choice.Index], lead.Run ?? TimeSpan.Zero);
                switch (choice.Reason)
                {
                    case PlacementReason.Deadline:
                        Assert.True(chosen <= limit && PlacementChoice.Finish(lead, TimeSpan.Zero) > limit);
                        break;
                    case PlacementReason.Earlier when mode == PlacementMode.Preference:
                        Assert.True(PlacementChoice.Finish(lead, TimeSpan.Zero) >= (chosen * 1.5) - TimeSpan.FromTicks(1));
                        break;
                    case PlacementReason.Earlier:
                        Assert.Equal(PlacementMode.Latency, mode);
                        Assert.All(costs, cost => Assert.True(PlacementChoice.Finish(costs[choice.Index], TimeSpan.Zero) <= PlacementChoice.Finish(cost, TimeSpan.Zero)));
                        break;
                }
            },
            iter: 20_000);

    private static readonly Gen<PlacementCost> Cost = Gen.Select(
        Gen.Int[0, 400], Gen.Int[0, 3_000], Gen.Int[0, 200].Nullable(),
        (queue, load, run) => new PlacementCost(
            TimeSpan.FromMilliseconds(queue), TimeSpan.FromMilliseconds(load), run is { } value ? TimeSpan.FromMilliseconds(value) : null));

    /// <summary>Costs as queue+load+run in milliseconds, a question mark for what was never learned, a dash for all zero and unknown, an x for busy.</summary>
    private static void Expect(
        string device,
        PlacementReason reason,
        string costs,
        double? left = null,
        PlacementMode mode = PlacementMode.Preference,
        PlacementView? view = null)
    {
        view ??= View;
        TimeSpan? limit = left is { } value ? TimeSpan.FromMilliseconds(value) : null;
        var choice = PlacementChoice.Make(Options, mode, view, [.. costs.Split(' ').Select(Parse)], limit);
        Assert.Equal((device, reason), (view.Eligible[choice.Index].Device.Id, choice.Reason));
    }

    private static PlacementCost Parse(string text)
    {
        if (text == "-") return default;
        if (text == "x") text = "9000+0+1";
        var parts = text.Split('+');
        return new PlacementCost(Milliseconds(parts[0]), Milliseconds(parts[1]), parts[2] == "?" ? null : Milliseconds(parts[2]));
    }

    private static TimeSpan Milliseconds(string text) => TimeSpan.FromMilliseconds(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

    private static PlacementView ViewOf(params string[] ids)
    {
        DeviceKind[] order = [DeviceKind.Npu, DeviceKind.Gpu, DeviceKind.Cpu];
        PlacementCandidate[] candidates =
        [
            .. ids.Select(DeviceOf).Select(device => new PlacementCandidate(device, Array.IndexOf(order, device.Kind), IsAvoided: false, Why: string.Empty)),
        ];
        return new PlacementView
        {
            Generation = 0,
            Eligible = candidates,
            Suspect = new bool[candidates.Length],
            Placements = [.. candidates.Select(candidate => new Placement(candidate.Device, string.Empty, HasChoice: true))],
        };
    }

    private static DeviceDescription DeviceOf(string id) => DeviceHarness.Device(id);
}
