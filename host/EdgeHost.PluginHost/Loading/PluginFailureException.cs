namespace EdgeHost.PluginHost.Loading;

/// <summary>Carries a <see cref="PluginFailure"/> out of a start.</summary>
#pragma warning disable CA1064 // Never leaves this assembly: the generation turns it into a state with a reason.
internal sealed class PluginFailureException : Exception
#pragma warning restore CA1064
{
    public PluginFailureException(string forApps, string forOperator)
        : base(forOperator)
        => Failure = new PluginFailure(forApps, forOperator);

    public PluginFailure Failure { get; }
}
