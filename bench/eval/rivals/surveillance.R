# R's surveillance on the series of a file (series, week, count; no header): one line a week and method on standard output.
suppressPackageStartupMessages(library(surveillance))
arguments <- commandArgs(trailingOnly = TRUE)
table <- read.table(arguments[1], col.names = c("series", "week", "count"))
first <- as.integer(arguments[2])
weeks <- max(table$week) + 1
counts <- matrix(table$count, nrow = weeks)
series <- sts(observed = counts, frequency = 52, start = c(2001, 1))
range <- (first + 1):weeks
write_judged <- function(method, judged, p = NULL) {
  alarm <- alarms(judged)
  upper <- upperbound(judged)
  for (j in seq_len(ncol(counts))) for (k in seq_along(range)) {
    tail <- if (is.null(p)) NA else p[k, j]
    cat(sprintf("%s\t%d\t%d\t%d\t%.10g\t%.10g\n", method, j - 1L, range[k] - 1L, as.integer(isTRUE(alarm[k, j] == 1)), upper[k, j], tail))
  }
}
cat(sprintf("version\t%s\n", packageVersion("surveillance")))
for (method in c("C1", "C2", "C3")) write_judged(method, earsC(series, list(range = range, method = method)))
control <- list(
  range = range, b = 4, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, weightsThreshold = 2.58, pThresholdTrend = 1,
  thresholdMethod = "nbPlugin", alpha = 0.01, glmWarnings = FALSE
)
judged <- suppressWarnings(farringtonFlexible(series, control))
write_judged("farringtonFlexible", judged, judged@control$pvalue)
# Cumulative sums about the mean of the history, which both sides are given as it is.
for (j in seq_len(ncol(counts))) {
  history <- mean(counts[seq_len(first), j])
  if (history == 0) next
  control <- list(
    range = range, mu0 = rep(history, length(range)), alpha = 0.1, theta = log(2), c.ARL = 3, change = "intercept", ret = "value"
  )
  judged <- algo.glrnb(sts2disProg(series[, j]), control)
  for (k in seq_along(range)) {
    cat(sprintf("glrnb\t%d\t%d\t%d\t%.10g\tNA\n", j - 1L, range[k] - 1L, as.integer(judged$alarm[k]), judged$upperbound[k]))
  }
}
