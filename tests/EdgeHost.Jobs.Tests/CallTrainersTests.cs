using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Dispatch;

namespace EdgeHost.Jobs.Tests;

public class CallTrainersTests
{
    private const string Xor = """
        {
          "inputs": [{ "name": "x", "shape": [2] }],
          "layers": [
            { "name": "hidden", "kind": "linear", "width": 8, "activation": "tanh" },
            { "name": "output", "kind": "linear", "width": 1 }
          ],
          "loss": { "kind": "binary_cross_entropy_of_logits" }
        }
        """;

    private static readonly AppIdentity App = new("app", 1000, 1);

    [Fact]
    public async Task TrainAsync_LearnsExclusiveOr_AndTheSameAgain()
    {
        await using var bench = new JobsBench();
        var trainer = bench.Get<ICallTrainers>().For(App);
        var learnt = await trainer.TrainAsync(Request(), CancellationToken.None);
        Assert.InRange(learnt.Loss, 0, 0.05);
        Assert.Equal(["hidden/bias", "hidden/weight", "output/bias", "output/weight"], learnt.Parameters.Keys.Order(StringComparer.Ordinal));
        foreach (var (x, y, expected) in new[] { (0f, 0f, false), (0f, 1f, true), (1f, 0f, true), (1f, 1f, false) }) Assert.Equal(expected, Output(learnt, x, y) > 0);

        var again = await trainer.TrainAsync(Request(), CancellationToken.None);
        foreach (var (name, values) in learnt.Parameters) Assert.Equal(values.ToArray(), again.Parameters[name].ToArray());
    }

    [Fact]
    public async Task TrainAsync_WhatDoesNotFit_IsInvalid()
    {
        await using var bench = new JobsBench();
        var trainer = bench.Get<ICallTrainers>().For(App);
        foreach (var (request, words) in new[]
        {
            (Request(network: "{"), "no JSON"),
            (Request(examples: 0), "at least one"),
            (Request(examples: 3), "8 numbers"),
            (Request(steps: 0), "steps"),
            (Request(inputs: [0, 0, 0, 1, 1, 0, 1, float.NaN]), "not finite"),
            (Request(rate: 0), "rate"),
        })
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await trainer.TrainAsync(request, CancellationToken.None));
            Assert.Equal(ErrorCode.InvalidArgument, error.Code);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TrainAsync_TooMuchMemory_IsExhausted()
    {
        await using var bench = new JobsBench(configure: static options => options.MaxMemoryBytes = 1 << 20);
        var trainer = bench.Get<ICallTrainers>().For(App);
        var large = Xor.Replace("\"width\": 8", "\"width\": 100000", StringComparison.Ordinal);
        Assert.Equal(ErrorCode.ResourceExhausted, (await Assert.ThrowsAsync<EdgeHostException>(async () => await trainer.TrainAsync(Request(large), CancellationToken.None))).Code);
    }

    [Fact]
    public async Task TrainAsync_Cancelled_Ends()
    {
        await using var bench = new JobsBench();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await bench.Get<ICallTrainers>().For(App).TrainAsync(Request(), stop.Token));
    }

    [Fact]
    public async Task TrainAsync_OfIdsAndATable_LearnsWhatTheRowsSay()
    {
        await using var bench = new JobsBench();
        var learnt = await bench.Get<ICallTrainers>().For(App).TrainAsync(Ids(), CancellationToken.None);

        // The table's first number decides the class, whatever the id.
        Assert.InRange(learnt.Loss, 0, 0.2);
        Assert.Equal(["out/bias", "out/weight"], learnt.Parameters.Keys.Order(StringComparer.Ordinal));
        Assert.True(learnt.Parameters["out/weight"].Span[1] > learnt.Parameters["out/weight"].Span[0]);
    }

    [Fact]
    public async Task TrainAsync_ColumnsOrTablesThatDoNotFit_AreInvalidAndNamed()
    {
        await using var bench = new JobsBench();
        var trainer = bench.Get<ICallTrainers>().For(App);
        var column = new TrainingColumn { Name = "ids", Ids = new long[] { 0, 1, 2, 3 } };
        foreach (var (request, words) in new[]
        {
            (Ids(columns: [column]), "'target'"),
            (Ids(columns: [column, column, new TrainingColumn { Name = "target", Ids = new long[4] }]), "several columns"),
            (Ids(columns: [new TrainingColumn { Name = "ids", Numbers = new float[4] }, new TrainingColumn { Name = "target", Ids = new long[4] }]), "wants ids"),
            (Ids(columns: [new TrainingColumn { Name = "ids", Ids = new long[3] }, new TrainingColumn { Name = "target", Ids = new long[4] }]), "has 3 ids"),
            (Ids(columns: [column, new TrainingColumn { Name = "target", Ids = new long[4] }, new TrainingColumn { Name = "more", Ids = new long[4] }]), "reads no 'more'"),
            (Ids(table: new TrainingTable { Name = "other", Width = 2, Values = new float[8] }), "'things'"),
            (Ids(table: new TrainingTable { Name = "things", Width = 2, Values = new float[7] }), "whole rows"),
            (Ids(table: new TrainingTable { Name = "things", Width = 2, Values = new float[] { 0, float.NaN } }), "not finite"),
        })
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await trainer.TrainAsync(request, CancellationToken.None));
            Assert.Equal(ErrorCode.InvalidArgument, error.Code);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }
    }

    private static TrainingRequest Ids(IReadOnlyList<TrainingColumn>? columns = null, TrainingTable? table = null) => new()
    {
        Network = """
            {
              "inputs": [{ "name": "ids", "type": "int64", "shape": [1] }],
              "layers": [
                { "name": "rows", "kind": "table", "table": "things" },
                { "name": "sum", "kind": "sum", "axes": [1], "keep": true },
                { "name": "flat", "kind": "mean", "axes": [1] },
                { "name": "out", "kind": "linear", "width": 2 }
              ],
              "loss": { "kind": "cross_entropy" }
            }
            """,
        Examples = 4,
        Columns = columns ?? [new TrainingColumn { Name = "ids", Ids = new long[] { 0, 1, 2, 3 } }, new TrainingColumn { Name = "target", Ids = new long[] { 0, 1, 0, 1 } }],
        Tables = [table ?? new TrainingTable { Name = "things", Width = 2, Values = new float[] { 0, 1, 1, 0, 0, 1, 1, 0 } }],
        Steps = 400,
        Batch = 4,
        Rate = 0.05f,
        WeightDecay = 0,
    };

    private static TrainingRequest Request(string network = Xor, int examples = 4, int steps = 400, float[]? inputs = null, float rate = 0.05f) => new()
    {
        Network = network,
        Examples = examples,
        Inputs = inputs ?? [0, 0, 0, 1, 1, 0, 1, 1],
        Targets = new float[] { 0, 1, 1, 0 },
        Steps = steps,
        Batch = 4,
        Rate = rate,
        WeightDecay = 0,
        Seed = 3,
    };

    private static float Output(TrainingResult learnt, float x, float y)
    {
        var (weight, bias) = (learnt.Parameters["hidden/weight"].ToArray(), learnt.Parameters["hidden/bias"].ToArray());
        var sum = learnt.Parameters["output/bias"].Span[0];
        for (var unit = 0; unit < bias.Length; unit++) sum += MathF.Tanh((x * weight[unit]) + (y * weight[bias.Length + unit]) + bias[unit]) * learnt.Parameters["output/weight"].Span[unit];
        return sum;
    }
}
