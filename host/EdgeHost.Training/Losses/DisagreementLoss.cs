using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Training.Losses;

/// <summary>How far two answers to the same examples are apart.</summary>
public static class DisagreementLoss
{
    /// <summary>
    /// The mean of KL(p‖q) + KL(q‖p), p being the softmax of one row of the first half and q that of the same row of the second half. With a batch
    /// whose second half repeats its first and whose dropout differs, this is the regulariser of R-Drop (Liang et al., 2021). Equal to
    /// Σ (p - q)·(logit of p - logit of q), since what the softmax takes off is the same for all classes and p - q adds up to 0.
    /// </summary>
    /// <param name="net">The network.</param>
    /// <param name="logit">[batch, .., classes]; the batch must be even.</param>
    /// <param name="weight">[batch, ..]: how much each row counts, 0 for padding, the same in both halves; the loss is then Σ weight·loss ÷ Σ weight. Not all may be 0.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: shapes do not fit, or the batch is odd.</exception>
    public static GraphValue Disagreement(this NetworkBuilder net, GraphValue logit, GraphValue weight)
    {
        var wanted = new TensorShape(logit.Shape.Dimensions[..^1]);
        if (weight.Shape != wanted) throw net.Wrong($"has logits of {logit.Shape} and weights of {weight.Shape}; these must be {wanted}");
        var batch = logit.Shape[0];
        if (batch % 2 != 0) throw net.Wrong($"has a batch of {batch}; two answers to each example need an even one");

        var half = batch / 2;
        var logits = net.Split(logit, 0, half, half);
        var shares = net.Split(net.Softmax(logit), 0, half, half);
        var losses = net.Sum(net.Multiply(net.Subtract(shares[0], shares[1]), net.Subtract(logits[0], logits[1])), [wanted.Rank]);
        var counts = net.Reshape(net.Split(weight, 0, half, half)[0], losses.Shape);
        return net.Divide(net.Sum(net.Multiply(losses, counts)), net.Sum(counts));
    }
}
