! The mean of each window of a row of float64.
!
! f2py reads this file: `n` is taken from `values`, and `means` becomes what the function returns.
! Each window is added up anew: a running sum would carry a NaN, and every rounding error, into all
! windows that follow. Whoever calls this has checked that 1 <= window <= n.
subroutine rolling_mean(values, n, window, means)
  use, intrinsic :: iso_c_binding, only: c_double, c_int
  implicit none
  integer(c_int), intent(in) :: n
  integer(c_int), intent(in) :: window
  real(c_double), intent(in) :: values(n)
  real(c_double), intent(out) :: means(n - window + 1)
  integer(c_int) :: start

  do start = 1, n - window + 1
    means(start) = sum(values(start:start + window - 1)) / window
  end do
end subroutine rolling_mean
