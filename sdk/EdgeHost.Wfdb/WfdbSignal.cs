using System.Text.RegularExpressions;

namespace EdgeHost.Wfdb;

/// <summary>One signal of a record, as its header describes it.</summary>
/// <param name="FileName">The file it is in, a plain name; "~" of a null signal.</param>
/// <param name="Format">How its samples are written.</param>
/// <param name="ByteOffset">Bytes before the first sample in the file, from 0.</param>
/// <param name="Gain">Converter units for one physical unit; never 0.</param>
/// <param name="Baseline">The converter's value of physical zero.</param>
/// <param name="Unit">The physical unit, "mV" where the header says none.</param>
/// <param name="Checksum">The sum of all samples in converter units, its lowest 16 bits, or null where the header has none.</param>
/// <param name="Description">What it is, such as the lead's name; may be empty.</param>
public sealed partial record WfdbSignal(string FileName, WfdbFormat Format, int ByteOffset, double Gain, int Baseline, string Unit, short? Checksum, string Description)
{
    /// <summary>Whether it is missing throughout: no file has samples of it.</summary>
    public bool IsNull => Format == WfdbFormat.Null;

    /// <summary>What it is of, by the names that PhysioNet's databases use.</summary>
    public WfdbContent Content
        => Pulse().IsMatch(Description) ? WfdbContent.Pulse
        : Lead().IsMatch(Description) ? WfdbContent.Ecg
        : Other().IsMatch(Description) ? WfdbContent.Other
        : WfdbContent.Unknown;

    [GeneratedRegex(@"PLETH|PPG|PULSE OX|PHOTO", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pulse();

    // Limb, augmented and precordial leads, modified ones (MLII, MCL1, CM5), differences of precordial ones, and whatever calls itself ECG.
    [GeneratedRegex(
        @"\bE[CK]G|^(LEAD\s*)?(AV[RLFB]|V[1-9]?R?|V[1-9]-V[1-9]|M?L?(I|II|III)|MV[1-9]?|MCL[1-9]?R?|CM[1-9]|CC[1-9]|D[1-4]|ML[1-9]|MX|X|Y|Z)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lead();

    [GeneratedRegex(
        @"RESP|\bABP\b|\bART\b|\bBP\b|\bCVP\b|\bPAP\b|\bICP\b|EEG|EMG|EOG|ACC|CO2|TEMP|SPO2|\bSV\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Other();
}
