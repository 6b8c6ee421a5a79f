namespace EdgeHost.Jobs.Specs;

/// <summary>Checks that network, loss and task fit one another, before there is any data.</summary>
internal static class NetworkRules
{
    public static void Check(JobSpec spec)
    {
        var network = spec.Shape;
        if (network.Inputs.Count == 0) throw Wrong("The network has no input.");
        if (spec.Inline is null && (network.Inputs.Count != 1 || network.Inputs[0].Type != ElementType.Float32))
        {
            throw Wrong($"Examples of a dataset become one vector each, so the network must have one input of float32; it has {Listed()}.");
        }

        if (spec.Inline is { } inline)
        {
            foreach (var name in inline.Inputs.Keys.Where(name => network.Inputs.All(input => input.Name != name)))
            {
                throw Wrong($"'data.inputs.{name}' is no input of the network, which has {Listed()}.");
            }

            foreach (var input in network.Inputs.Where(input => !inline.Inputs.ContainsKey(input.Name))) throw Wrong($"'data.inputs' has no values for the network's input '{input.Name}'.");
        }

        var isRanking = network.Loss == "bayesian_personalised_ranking";
        if (isRanking != (spec.Task == JobTask.Rank)) throw Wrong($"The loss '{network.Loss}' does not go with the task '{Name(spec.Task)}'; 'bayesian_personalised_ranking' goes with 'rank', and no other does.");
        if (spec.Task == JobTask.Regress && network.Loss != "mean_squared_error") throw Wrong($"The task 'regress' wants the loss 'mean_squared_error', not '{network.Loss}'.");
        if (spec.Task == JobTask.Classify && network.OutputShape.Rank != 1) throw Wrong($"To classify, the network must give [batch, classes]; it gives {Batch(network.OutputShape)}.");
        if (spec.Task == JobTask.Classify && network is { EndsWithSoftmax: true, Loss: "cross_entropy" })
        {
            throw Wrong("'cross_entropy' takes the scores before the softmax; leave the softmax at the end out.");
        }

        if (network is { Loss: "binary_cross_entropy", EndsWithSigmoid: false, EndsWithSoftmax: false })
        {
            throw Wrong("'binary_cross_entropy' takes probabilities; end the network with a sigmoid, or use 'binary_cross_entropy_of_logits'.");
        }

        string Listed() => string.Join(", ", network.Inputs.Select(input => $"'{input.Name}' ({input.Type} {Batch(input.Shape)})"));
    }

    /// <summary>How many labels the network can tell apart, 0 for a regression.</summary>
    public static long ClassesOf(JobSpec spec) => spec.Task == JobTask.Classify ? Math.Max(2, spec.Shape.OutputShape[0]) : 0;

    public static string Name(JobTask task) => task.ToString().ToLowerInvariant();

    private static string Batch(TensorShape shape) => $"[{string.Join(", ", ["batch", .. shape.Dimensions.ToArray().Select(dimension => dimension.ToString(System.Globalization.CultureInfo.InvariantCulture))])}]";

    private static EdgeHostException Wrong(string problem) => new(ErrorCode.InvalidArgument, problem);
}
