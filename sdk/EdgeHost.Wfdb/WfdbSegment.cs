namespace EdgeHost.Wfdb;

/// <summary>One segment of a record of several.</summary>
/// <param name="Name">The record that it is, whose header is <c>NAME.hea</c>; "~" where there is none: all signals are missing for its length.</param>
/// <param name="SampleCount">Samples of each signal; 0 only in the first one, which is the layout then.</param>
public sealed record WfdbSegment(string Name, long SampleCount)
{
    /// <summary>The name of a segment, and the file of a signal, that has no samples.</summary>
    internal const string Null = "~";

    /// <summary>Whether all signals are missing for its length.</summary>
    public bool IsNull => Name == Null;
}
