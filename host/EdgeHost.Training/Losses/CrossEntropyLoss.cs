using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Training.Losses;

/// <summary>Cross entropy over classes.</summary>
public static class CrossEntropyLoss
{
    /// <summary>
    /// The mean of -Σ q·log(softmax(logit)), q being 1 for the label, or with smoothing s: 1 - s more for the label and s ÷ classes for
    /// all (Szegedy et al., 2016).
    /// </summary>
    /// <param name="net">The network.</param>
    /// <param name="logit">[.., classes].</param>
    /// <param name="label">Int64 [..], each 0 to classes - 1; another fails the step.</param>
    /// <param name="smoothing">0 to below 1. Default 0.</param>
    /// <param name="weight">[..]: how much each counts, 0 for padding; the loss is then Σ weight·loss ÷ Σ weight. Null: all count alike. Not all may be 0.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: shapes do not fit, or the smoothing is out of range.</exception>
    public static GraphValue CrossEntropy(this NetworkBuilder net, GraphValue logit, GraphValue label, float smoothing = 0, GraphValue? weight = null)
    {
        var wanted = new TensorShape(logit.Shape.Dimensions[..^1]);
        if (label.Shape != wanted || label.Type != ElementType.Int64) throw net.Wrong($"has logits of {logit.Shape} and labels of {label.Type} {label.Shape}; these must be Int64 {wanted}");
        if (weight is not null && weight.Shape != wanted) throw net.Wrong($"has logits of {logit.Shape} and weights of {weight.Shape}; these must be {wanted}");
        if (smoothing is not (>= 0 and < 1)) throw net.Wrong($"has a label smoothing of {smoothing}; it must be 0 to below 1");

        var parts = net.Tape.Pause(() => net.Build(logit, label, smoothing, weight));
        net.Tape.Record([parts.Loss], [logit], (gradients, g) => gradients.Add(logit, () => net.Gradient(parts, logit, g[0]!, smoothing)));
        return parts.Loss;
    }

    private static Parts Build(this NetworkBuilder net, GraphValue logit, GraphValue label, float smoothing, GraphValue? weight)
    {
        var flat = net.Flatten(logit);
        var (rows, classes) = (flat.Shape[0], flat.Shape[1]);
        var logs = net.LogSoftmax(flat);
        var labels = net.Reshape(label, new TensorShape(rows, 1));
        var losses = net.Scale(net.Graph.Node("GatherElements", labels.Shape, [logs, labels], ElementType.Float32, AttributeProto.Of("axis", 1)), smoothing - 1);
        if (smoothing > 0) losses = net.Subtract(losses, net.Scale(net.Reduce("ReduceSum", logs, [1], keep: true), smoothing / classes));

        // What each row counts: [rows, 1], or one number for all.
        var shares = weight is null
            ? net.Constant(1f / rows)
            : net.Divide(net.Reshape(weight, new TensorShape(rows, 1)), net.Reduce("ReduceSum", weight, [], keep: false));
        return new Parts(logs, labels, shares, net.Sum(net.Multiply(losses, shares)));
    }

    // (softmax - q)·share: the softmax scaled as a whole, and the label's part taken off where it is, so that no row of zeros and ones is made.
    private static GraphValue Gradient(this NetworkBuilder net, Parts parts, GraphValue logit, GraphValue g, float smoothing)
    {
        var shares = net.Multiply(g, parts.Shares);
        var probabilities = net.Exp(parts.Logs);
        if (smoothing > 0) probabilities = net.Subtract(probabilities, net.Constant(smoothing / parts.Logs.Shape[1]));
        var scaled = net.Multiply(probabilities, shares);
        var off = net.Expand(net.Scale(shares, smoothing - 1), parts.Labels.Shape);
        var gradient = net.Graph.Node("ScatterElements", scaled.Shape, [scaled, parts.Labels, off], null, AttributeProto.Of("axis", 1), AttributeProto.Of("reduction", "add"));
        return net.Reshape(gradient, logit.Shape);
    }

    private sealed record Parts(GraphValue Logs, GraphValue Labels, GraphValue Shares, GraphValue Loss);
}
