namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>A value of Glucose Measurement (0x2A18, Glucose Service 1.0.1).</summary>
/// <param name="Sequence">The meter's number of the record, which it never gives twice, 0 to 65535.</param>
/// <param name="BaseTime">The time of the meter's clock that never jumps, or null where it does not know.</param>
/// <param name="Time">The time that the meter shows: the base time and the person's corrections; or null.</param>
/// <param name="Concentration">Glucose, or null where there was none; NaN or infinite where the meter says so.</param>
/// <param name="Unit">The unit: <c>mg/dL</c> where the meter tells mass, <c>mmol/L</c> where it tells amount.</param>
/// <param name="SampleType">What was measured, or null where the meter does not say.</param>
/// <param name="Location">Where: 1 finger, 2 other site, 3 earlobe, 4 control solution, 15 not known; or null.</param>
/// <param name="Status">What was wrong.</param>
/// <param name="HasContext">Whether a value of Glucose Measurement Context follows.</param>
public sealed record GlucoseMeasurement(
    int Sequence, DateTime? BaseTime, DateTime? Time, double? Concentration, string Unit, GlucoseSampleType? SampleType, int? Location, GlucoseSensorStatus Status, bool HasContext)
{
    private const byte HasOffset = 0x01;
    private const byte HasConcentration = 0x02;
    private const byte IsMoles = 0x04;
    private const byte HasStatus = 0x08;
    private const byte ContextFollows = 0x10;
    private const byte Unknown = 0xE0;

    // From kg/L to mg/dL, and from mol/L to mmol/L.
    private const int MassScale = 5;
    private const int MoleScale = 3;

    /// <summary>Decodes a value.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is shorter or longer than its flags say, or has a time that does not exist.</exception>
    public static GlucoseMeasurement Parse(ReadOnlySpan<byte> value)
    {
        var reader = new GattReader(value, GattCharacteristic.GlucoseMeasurement);
        var flags = reader.Byte();
        var isMoles = (flags & IsMoles) != 0;
        var sequence = reader.Word();
        var baseTime = reader.Time();
        var offset = (flags & HasOffset) != 0 ? reader.SignedWord() : (short)0;
        double? concentration = null;
        (GlucoseSampleType? type, int? location) = (null, null);
        if ((flags & HasConcentration) != 0)
        {
            concentration = reader.Short(isMoles ? MoleScale : MassScale);
            var both = reader.Byte();
            (type, location) = (Enum.IsDefined((GlucoseSampleType)(both & 0x0F)) ? (GlucoseSampleType)(both & 0x0F) : null, both >> 4);
        }

        var status = (flags & HasStatus) != 0 ? (GlucoseSensorStatus)reader.Word() : GlucoseSensorStatus.None;
        reader.End((flags & Unknown) != 0);
        return new GlucoseMeasurement(
            sequence, baseTime, Shown(baseTime, offset), concentration, isMoles ? "mmol/L" : "mg/dL", type, location, status, (flags & ContextFollows) != 0);
    }

    // The largest and the smallest offset mean that the true one is beyond them.
    private static DateTime? Shown(DateTime? baseTime, short offset)
        => offset is short.MaxValue or short.MinValue || baseTime is not { } known || known.Year is < 1600 or > 9990 ? null : known.AddMinutes(offset);
}
