namespace EdgeHost.Plugins.Health.Sensors;

/// <summary>Why a value of a sensor has no reading of the person. The names are those of the wire and, behind <c>skip.</c>, of the texts.</summary>
internal static class SkipReason
{
    /// <summary>The sensor says that it has no value, or that it is beyond what it measures.</summary>
    public const string NoValue = "no_value";

    /// <summary>It does not touch the skin.</summary>
    public const string NoContact = "no_contact";

    /// <summary>It says that the measurement went wrong.</summary>
    public const string Fault = "fault";

    /// <summary>It is of no person: a control solution, a demonstration, a test.</summary>
    public const string NoPerson = "no_person";

    /// <summary>Its clock does not know when a stored reading was.</summary>
    public const string NoTime = "no_time";

    /// <summary>It is of another of the sensor's users.</summary>
    public const string OtherUser = "other_user";

    /// <summary>All reasons.</summary>
    public static IReadOnlyList<string> All { get; } = [NoValue, NoContact, Fault, NoPerson, NoTime, OtherUser];
}
