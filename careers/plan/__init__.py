"""My plan: saved programs, and the dated steps from today to the certification or the job."""
