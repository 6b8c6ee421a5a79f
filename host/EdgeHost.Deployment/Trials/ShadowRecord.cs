namespace EdgeHost.Deployment.Trials;

/// <summary>What steps in shadow have shown, as it is kept. Immutable.</summary>
/// <param name="Compared">Steps that were run again, the failed ones included.</param>
/// <param name="Errors">Those that failed, or gave outputs that are no numbers.</param>
/// <param name="Scored">Those with scores.</param>
/// <param name="Agreement">The sum of their shares of equal highest classes.</param>
/// <param name="Difference">The largest relative difference of other outputs; null where none was compared.</param>
/// <param name="Ratios">Those whose run times were compared.</param>
/// <param name="LogRatioSum">The sum of the logarithms of the ratios.</param>
/// <param name="Dropped">Those that were not run again.</param>
/// <param name="LogOtherSum">The sum of the logarithms of the other version's run times in seconds, where they were compared.</param>
internal sealed record ShadowRecord(long Compared, long Errors, long Scored, double Agreement, double? Difference, long Ratios, double LogRatioSum, long Dropped, double LogOtherSum = 0);
