using EdgeHost.Training.Layers;
using EdgeHost.Training.Losses;
using EdgeHost.Training.Operators;
using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Tests;

/// <summary>The gradients of whole layers and of losses against finite differences.</summary>
public class LayerGradientTests
{
    [Fact]
    public void Gradient_OfLinearLayersOverASequence_IsThatOfDifferences()
        => GradientCheck.Run(net => net.Linear("two", net.Gelu(net.Linear("one", net.Input("x", ElementType.Float32, 2, 3), 4)), 2));

    [Fact]
    public void Gradient_OfATiedEmbedding_AddsBothUses()
        => GradientCheck.Run(
            net => net.CrossEntropy(net.TiedLinear("words", net.Tanh(net.Embedding("words", net.Input("ids", ElementType.Int64, 2), 5, 4)), 5), net.Input("labels", ElementType.Int64, 2)),
            fill: Ids);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Gradient_OfAttention_IsThatOfDifferences(bool isMasked, bool isCausal)
        => GradientCheck.Run(
            net =>
            {
                var x = net.Linear("in", net.Input("x", ElementType.Float32, 3, 4), 4);
                var mask = isMasked ? net.Input("mask", ElementType.Float32, 3) : null;
                return net.Attention("attention", x, x, 2, mask, isCausal);
            },
            fill: batch => MaskOut(batch, isMasked));

    [Fact]
    public void Gradient_OfAttentionToAMemory_IsThatOfDifferences()
        => GradientCheck.Run(net => net.Attention(
            "attention",
            net.Linear("in", net.Input("x", ElementType.Float32, 2, 4), 4),
            net.Linear("memory", net.Input("m", ElementType.Float32, 3, 4), 4),
            2));

    [Fact]
    public void Gradient_OfAGru_IsThatOfDifferences()
        => GradientCheck.Run(net => net.Gru("gru", net.Linear("in", net.Input("x", ElementType.Float32, 4, 3), 3), 5));

    [Fact]
    public void Gradient_ThroughDropout_GoesWhereTheMaskLetsIt()
        => GradientCheck.Run(net => net.Dropout("drop", net.Tanh(net.Linear("in", net.Input("x", ElementType.Float32, 3), 6)), 0.5f));

    [Fact]
    public void Gradient_OfAResidualBlockWithNorm_IsThatOfDifferences()
        => GradientCheck.Run(net =>
        {
            var x = net.Linear("in", net.Input("x", ElementType.Float32, 3), 6);
            return net.Add(x, net.Linear("out", net.Silu(net.Linear("up", net.LayerNorm("norm", x), 8)), 6));
        });

    [Fact]
    public void Gradient_OfAConvolutionalNetwork_IsThatOfDifferences()
        => GradientCheck.Run(
            net =>
            {
                var x = net.Tanh(net.Convolution("one", net.Input("x", ElementType.Float32, 2, 8, 8), 3, 3, padding: 1));
                var y = net.Tanh(net.Convolution("two", net.AveragePool(x, 2, 2), 4, 3, stride: 2, padding: 1));
                return net.CrossEntropy(net.Linear("out", net.FlattenExamples(y), 3), net.Input("labels", ElementType.Int64));
            },
            fill: Ids);

    [Theory]
    [InlineData("mse")]
    [InlineData("bce")]
    [InlineData("bce of logits")]
    [InlineData("bpr")]
    [InlineData("ce")]
    [InlineData("ce, smooth")]
    [InlineData("ce, weighted")]
    [InlineData("ce, smooth and weighted")]
    public void Gradient_OfALoss_IsThatOfDifferences(string name)
        => GradientCheck.Run(
            net =>
            {
                var y = net.Linear("out", net.Input("x", ElementType.Float32, 3), 4);
                return name switch
                {
                    "mse" => net.MeanSquaredError(y, net.Input("target", ElementType.Float32, 4)),
                    "bce" => net.BinaryCrossEntropy(net.Sigmoid(y), net.Input("target", ElementType.Float32, 4)),
                    "bce of logits" => net.BinaryCrossEntropyOfLogits(y, net.Input("target", ElementType.Float32, 4)),
                    "bpr" => net.BayesianPersonalisedRanking(y, net.Linear("out", net.Input("other", ElementType.Float32, 3), 4)),
                    _ => net.CrossEntropy(
                        y,
                        net.Input("labels", ElementType.Int64),
                        name.Contains("smooth", StringComparison.Ordinal) ? 0.2f : 0,
                        name.Contains("weighted", StringComparison.Ordinal) ? net.Exp(net.Input("weights", ElementType.Float32)) : null),
                };
            },
            fill: Ids);

    [Fact]
    public void Gradient_OfADisagreement_IsThatOfDifferences()
        => GradientCheck.Run(
            net => net.Disagreement(net.Linear("out", net.Input("x", ElementType.Float32, 2, 3), 4), net.Exp(net.Input("weights", ElementType.Float32, 2))),
            batch: 4);

    private static void Ids(BatchBuffers batch)
    {
        foreach (var input in batch.Inputs.Where(input => input.Type == ElementType.Int64))
        {
            var ids = batch.Integers(input.Name);
            for (var i = 0; i < ids.Length; i++) ids[i] = i * 2 % 3;
        }
    }

    private static void MaskOut(BatchBuffers batch, bool isMasked)
    {
        if (!isMasked) return;
        batch.Floats("mask").Fill(1);
        batch.Floats("mask")[2] = 0;
        batch.Floats("mask")[7] = 0;
    }
}
