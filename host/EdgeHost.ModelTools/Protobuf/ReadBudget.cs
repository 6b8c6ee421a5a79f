namespace EdgeHost.ModelTools.Protobuf;

/// <summary>What is left of the limits while one model is read.</summary>
internal sealed class ReadBudget(ModelLimits limits)
{
    private int _messages;
    private int _depth;

    public void Enter()
    {
        if (++_messages > limits.MostMessages)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The model has more than {limits.MostMessages} nodes, tensors and other parts; raise the limit if it is trusted.");
        }

        if (++_depth > limits.MostDepth)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The model's graphs are nested more than {limits.MostDepth} parts deep.");
        }
    }

    public void Leave() => _depth--;
}
