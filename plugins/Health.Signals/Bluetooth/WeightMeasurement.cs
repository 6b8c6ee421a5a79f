namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>A value of Weight Measurement (0x2A9D, Weight Scale Service 1.0).</summary>
/// <param name="Weight">The weight, or null where the scale could not measure it.</param>
/// <param name="Unit"><c>kg</c> or <c>[lb_av]</c>.</param>
/// <param name="Time">The time of the scale's clock, or null.</param>
/// <param name="UserId">Which of the scale's users it was, 0 to 254, or null where it does not say or know.</param>
/// <param name="BodyMassIndex">Body mass index in kg/m², or null.</param>
/// <param name="Height">Height in metres or, where the weight is in pounds, in inches; or null.</param>
public sealed record WeightMeasurement(double? Weight, string Unit, DateTime? Time, int? UserId, double? BodyMassIndex, double? Height)
{
    private const byte IsImperial = 0x01;
    private const byte HasTime = 0x02;
    private const byte HasUser = 0x04;
    private const byte HasHeight = 0x08;
    private const byte Unknown = 0xF0;
    private const byte UnknownUser = 0xFF;
    private const ushort Unsuccessful = 0xFFFF;

    // The scale counts in 5 g or hundredths of a pound, and in millimetres or tenths of an inch.
    private const double StepsOfKilogram = 200;
    private const double StepsOfPound = 100;

    /// <summary>Decodes a value.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is shorter or longer than its flags say, or has a time that does not exist.</exception>
    public static WeightMeasurement Parse(ReadOnlySpan<byte> value)
    {
        var reader = new GattReader(value, GattCharacteristic.WeightMeasurement);
        var flags = reader.Byte();
        var isImperial = (flags & IsImperial) != 0;
        var steps = reader.Word();
        var time = (flags & HasTime) != 0 ? reader.Time() : null;
        int? user = (flags & HasUser) != 0 && reader.Byte() is not UnknownUser and var known ? known : null;
        double? index = (flags & HasHeight) != 0 ? reader.Word() / 10.0 : null;
        double? height = (flags & HasHeight) != 0 ? reader.Word() / (isImperial ? 10.0 : 1000.0) : null;
        reader.End((flags & Unknown) != 0);
        return new WeightMeasurement(
            steps == Unsuccessful ? null : steps / (isImperial ? StepsOfPound : StepsOfKilogram), isImperial ? "[lb_av]" : "kg", time, user, index, height);
    }
}
