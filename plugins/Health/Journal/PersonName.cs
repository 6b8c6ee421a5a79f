namespace EdgeHost.Plugins.Health.Journal;

/// <summary>Refuses names that are none.</summary>
internal static class PersonName
{
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is empty.</exception>
    public static void Check(string person)
    {
        if (string.IsNullOrWhiteSpace(person)) throw new EdgeHostException(ErrorCode.InvalidArgument, "The person's name is empty; leave 'person' out for the device's owner, or give a name.");
    }
}
