using EdgeHost.ModelTools;
using EdgeHost.Optimisation.Examples;
using EdgeHost.Optimisation.Measuring;
using EdgeHost.Optimisation.Runs;

namespace EdgeHost.Optimisation.Tests;

/// <summary>Each method on models with every kind of layer, run by the engine.</summary>
public sealed class MethodTests
{
    [Theory]
    [InlineData(OptimiseMethod.Clean, 1.01, 1e-9)]
    [InlineData(OptimiseMethod.Float16, 0.55, 0.002)]
    [InlineData(OptimiseMethod.Weights8, 0.32, 0.03)]
    [InlineData(OptimiseMethod.Weights4, 0.32, 0.25)]
    [InlineData(OptimiseMethod.Dynamic, 0.32, 0.06)]
    [InlineData(OptimiseMethod.Static, 0.42, 0.08)]
    public void Run_EachMethod_IsAsSmallAndAsCloseAsItClaims(OptimiseMethod method, double size, double error)
    {
        Check(SampleModels.Text(), SampleModels.Texts(40));
        Check(SampleModels.Picture(), SampleModels.Pictures(40));

        void Check(ModelProto model, IReadOnlyList<ModelExample> examples)
        {
            var original = model.ToBytes();
            var result = new ModelOptimiser(original, examples, examples, new OptimiseOptions { Method = method, MaxDrop = 1, TimedRuns = 2 }).Run(null, CancellationToken.None);

            Assert.InRange(result.Comparison.SizeRatio, 0.05, size);
            Assert.InRange(RelativeError.Measure(AnsweredExamples.Collect(original, examples, CancellationToken.None), result.Model, CancellationToken.None), 0, error);
            Assert.True(method is OptimiseMethod.Clean || result.Weights.Quantised + result.Weights.StoredAsFloat16 >= 3, $"{result.Weights}");
            Assert.Equal(1, result.Comparison.Before.Score);
            Assert.Equal(ScoreKind.Agreement, result.Comparison.Kind);
        }
    }

    [Theory]
    [InlineData(OptimiseMethod.Weights4, "MatMulNBits")]
    [InlineData(OptimiseMethod.Dynamic, "DynamicQuantizeMatMul")]
    [InlineData(OptimiseMethod.Static, "QuantizeLinear")]
    public void Run_UsesTheOperatorsThatItPromises(OptimiseMethod method, string expected)
    {
        var examples = SampleModels.Texts(8);

        var result = new ModelOptimiser(SampleModels.Text().ToBytes(), examples, examples, new OptimiseOptions { Method = method, MaxDrop = 1, TimedRuns = 0 }).Run(null, CancellationToken.None);

        var graph = ModelProto.Parse(result.Model).Graph!;
        Assert.Contains(graph.Nodes, node => node.Operator == expected);
        Assert.DoesNotContain(graph.Initializers, tensor => tensor.Name == "table");
    }

    [Fact]
    public void Run_StaticOnAnOldOperatorSet_BringsItToTheOneThatHasTheOperators()
    {
        var model = SampleModels.Picture();
        model.OperatorSets[0].Version = 9;
        var graph = model.Graph!;
        graph.Nodes[^1].Outputs[0] = "all";
        graph.Nodes.Add(new NodeProto
        {
            Operator = "Slice", Inputs = { "all" }, Outputs = { "scores" },
            Attributes = { AttributeProto.Of("axes", [1L]), AttributeProto.Of("starts", [2L]), AttributeProto.Of("ends", [18L]) },
        });
        graph.Outputs[0] = ValueInfoProto.Of("scores", ElementType.Float32, new TensorShape(1, 16));
        var (original, examples) = (model.ToBytes(), SampleModels.Pictures(30));

        var result = new ModelOptimiser(original, examples, examples, new OptimiseOptions { Method = OptimiseMethod.Static, MaxDrop = 1, TimedRuns = 0 }).Run(null, CancellationToken.None);

        Assert.Equal(10, ModelProto.Parse(result.Model).OperatorSets[0].Version);
        Assert.InRange(RelativeError.Measure(AnsweredExamples.Collect(original, examples, CancellationToken.None), result.Model, CancellationToken.None), 0, 0.08);
    }

    [Fact]
    public void Run_ScoreFallsTooMuch_KeepsTheLayersThatCostMostUntilItDoesNot()
    {
        var examples = SampleModels.Texts(120);
        var tooCoarse = new OptimiseOptions { Method = OptimiseMethod.Weights4, MaxDrop = 0, MaxKeptShare = 1, TimedRuns = 0 };

        var result = new ModelOptimiser(SampleModels.Text().ToBytes(), examples, examples, tooCoarse).Run(null, CancellationToken.None);

        Assert.NotEmpty(result.Kept);
        Assert.True(result.Comparison.Drop <= 0);
        Assert.Equal(result.Kept.Count, result.Weights.StoredAsFloat16);
    }

    [Fact]
    public void Run_ScoreFallsTooMuchWhateverIsKept_RefusesWithTheFigures()
    {
        var labelled = SampleModels.Texts(60).Select((example, i) => example with { Outputs = new Dictionary<string, TensorProto>(), Label = i % 16 }).ToArray();
        var original = SampleModels.Text().ToBytes();
        var answers = Label(original, labelled);
        var strict = new OptimiseOptions { Method = OptimiseMethod.Weights4, MaxDrop = 0, MaxKeptShare = 0, TimedRuns = 0 };

        var e = Assert.Throws<EdgeHostException>(() => new ModelOptimiser(original, answers, answers, strict).Run(null, CancellationToken.None));

        Assert.Equal(ErrorCode.FailedPrecondition, e.Code);
        Assert.Contains("accuracy on 60 examples falls from 100", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        var examples = SampleModels.Texts(4);
        var optimiser = new ModelOptimiser(SampleModels.Text().ToBytes(), examples, examples, new OptimiseOptions { Method = OptimiseMethod.Weights8 });

        Assert.ThrowsAny<OperationCanceledException>(() => optimiser.Run(null, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(-0.1, 0.5, 8)]
    [InlineData(0.1, 1.5, 8)]
    [InlineData(0.1, 0.5, -1)]
    public void Run_OptionOutOfItsRange_SaysSo(double drop, double kept, int runs)
    {
        var examples = SampleModels.Texts(1);
        var options = new OptimiseOptions { Method = OptimiseMethod.Float16, MaxDrop = drop, MaxKeptShare = kept, TimedRuns = runs };

        var e = Assert.Throws<EdgeHostException>(() => new ModelOptimiser(SampleModels.Text().ToBytes(), examples, examples, options).Run(null, CancellationToken.None));

        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
    }

    private static ModelExample[] Label(ReadOnlyMemory<byte> model, IReadOnlyList<ModelExample> examples)
    {
        using var runner = new SessionRunner(model);
        return [.. examples.Select(example =>
        {
            using var inputs = runner.Prepare(example);
            return example with { Label = runner.Run(inputs)[0].ClassOf(0) };
        })];
    }
}
