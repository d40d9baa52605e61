// The numbers of /metrics. The app owns one Metrics and hands it to the parts, which keep the references they
// get: counting is then one atomic addition. Labels hold the program's own words, never what people wrote.
#pragma once

#include <map>
#include <memory>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <string>
#include <vector>

namespace linli {

using Counter = prometheus::Counter;      // Increment(), Value()
using Gauge = prometheus::Gauge;          // Set(), Increment(), Decrement(), Value()
using Histogram = prometheus::Histogram;  // Observe()
using MetricLabels = std::map<std::string, std::string>;

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// The same name and labels give the same object; it lives as long as this. A name or label that Prometheus
  /// would not read throws std::invalid_argument: it is written in the source.
  Counter& counter(const std::string& name, const std::string& help, const MetricLabels& labels = {});
  Gauge& gauge(const std::string& name, const std::string& help, const MetricLabels& labels = {});
  /// `bounds`: the upper bounds of the buckets, rising.
  Histogram& histogram(const std::string& name, const std::string& help, const std::vector<double>& bounds,
                       const MetricLabels& labels = {});

  /// Prometheus' text format 0.0.4. Safe from any thread, like the counting.
  std::string render() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace linli
