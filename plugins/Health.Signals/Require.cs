namespace EdgeHost.Plugins.Health.Signals;

/// <summary>Refuses arguments with messages that say what is accepted.</summary>
internal static class Require
{
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: not a number, or outside.</exception>
    public static void InRange(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"{name} is {value}; it takes {least} to {most}.");
    }

    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/> with the message.</exception>
    public static void That(bool condition, string message)
    {
        if (!condition) throw new EdgeHostException(ErrorCode.InvalidArgument, message);
    }
}
