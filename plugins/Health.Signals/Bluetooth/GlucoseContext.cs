namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>A value of Glucose Measurement Context (0x2A34, Glucose Service 1.0.1): what belongs to the measurement of the same number. What the meter does not say is null.</summary>
/// <param name="Sequence">The number of the measurement.</param>
/// <param name="CarbohydrateMeal">1 breakfast, 2 lunch, 3 dinner, 4 snack, 5 drink, 6 supper, 7 brunch.</param>
/// <param name="CarbohydrateGrams">Carbohydrates eaten, in grams.</param>
/// <param name="Meal">How it stands to meals.</param>
/// <param name="Tester">1 the person, 2 a health professional, 3 a laboratory, 15 not known.</param>
/// <param name="HealthState">1 minor issues, 2 major issues, 3 during menses, 4 under stress, 5 none, 15 not known.</param>
/// <param name="ExerciseSeconds">How long the person exercised; 65535 is longer than can be said.</param>
/// <param name="ExercisePercent">How hard.</param>
/// <param name="Medication">1 rapid, 2 short, 3 intermediate, 4 long acting, 5 pre-mixed insulin.</param>
/// <param name="MedicationAmount">How much, in the unit beside it.</param>
/// <param name="MedicationUnit"><c>mg</c> or <c>mL</c>.</param>
/// <param name="HbA1cPercent">HbA1c in percent.</param>
public sealed record GlucoseContext(
    int Sequence,
    int? CarbohydrateMeal,
    double? CarbohydrateGrams,
    GlucoseMeal? Meal,
    int? Tester,
    int? HealthState,
    int? ExerciseSeconds,
    int? ExercisePercent,
    int? Medication,
    double? MedicationAmount,
    string? MedicationUnit,
    double? HbA1cPercent)
{
    private const byte HasCarbohydrate = 0x01;
    private const byte HasMeal = 0x02;
    private const byte HasTester = 0x04;
    private const byte HasExercise = 0x08;
    private const byte HasMedication = 0x10;
    private const byte IsLitres = 0x20;
    private const byte HasHbA1c = 0x40;
    private const byte HasMoreFlags = 0x80;

    // From kg to g, from kg to mg, from L to mL.
    private const int GramScale = 3;
    private const int MilligramScale = 6;
    private const int MillilitreScale = 3;

    /// <summary>Decodes a value.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is shorter or longer than its flags say.</exception>
    public static GlucoseContext Parse(ReadOnlySpan<byte> value)
    {
        var reader = new GattReader(value, GattCharacteristic.GlucoseContext);
        var flags = reader.Byte();
        bool Has(byte flag) => (flags & flag) != 0;
        var sequence = reader.Word();
        var more = Has(HasMoreFlags) ? reader.Byte() : (byte)0;
        int? food = Has(HasCarbohydrate) ? reader.Byte() : null;
        double? grams = Has(HasCarbohydrate) ? Number(reader.Short(GramScale)) : null;
        int? meal = Has(HasMeal) ? reader.Byte() : null;
        int? both = Has(HasTester) ? reader.Byte() : null;
        int? seconds = Has(HasExercise) ? reader.Word() : null;
        int? percent = Has(HasExercise) ? reader.Byte() : null;
        int? medication = Has(HasMedication) ? reader.Byte() : null;
        double? amount = Has(HasMedication) ? Number(reader.Short(Has(IsLitres) ? MillilitreScale : MilligramScale)) : null;
        double? percentage = Has(HasHbA1c) ? Number(reader.Short()) : null;
        reader.End(more != 0);
        return new GlucoseContext(
            sequence, food, grams, meal is { } known && Enum.IsDefined((GlucoseMeal)known) ? (GlucoseMeal)known : null, both & 0x0F, both >> 4, seconds, percent, medication, amount,
            amount is null ? null : Has(IsLitres) ? "mL" : "mg", percentage);
    }

    private static double? Number(double value) => double.IsFinite(value) ? value : null;
}
