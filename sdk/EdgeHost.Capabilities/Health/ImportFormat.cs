namespace EdgeHost.Capabilities.Health;

/// <summary>What a file is.</summary>
public enum ImportFormat
{
    /// <summary>Comma-separated values with a header of type, value, unit, time and perhaps source.</summary>
    Csv = 0,

    /// <summary>FHIR R4: a Bundle of Observations, or one, as JSON.</summary>
    Fhir = 1,

    /// <summary>The export.xml of Apple Health.</summary>
    AppleHealth = 2,
}
