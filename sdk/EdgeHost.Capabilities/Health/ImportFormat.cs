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

    /// <summary>A record of PhysioNet (WFDB): its header and its signal file, or a ZIP archive with both. Its ECG and pulse signals are kept as waves.</summary>
    Wfdb = 3,

    /// <summary>Open mHealth or IEEE 1752 data points as JSON: one, an array, or one after the other.</summary>
    OpenMhealth = 4,
}
